package io.silenda.dp.network;

import java.util.List;

/**
 * One layer. Immutable, compared by value. Every layer computes a record's output from that
 * record's input alone: layers that mix records, such as batch normalisation, have no per-example
 * gradient and are not here.
 *
 * <p>Images are [channels, height, width], as in ONNX without the batch axis.
 */
public sealed interface LayerSpec {
  /**
   * Shape of the output.
   *
   * @throws IllegalArgumentException if the layer cannot follow a tensor of shape {@code input}
   */
  default TensorShape outputShape(TensorShape input) {
    return Shapes.output(this, input);
  }

  /** Trained arrays in the order of {@link Weights}, with names relative to the layer. */
  default List<ParameterSpec> parameters(TensorShape input) {
    return Parameters.of(this, input);
  }

  /**
   * y = x Wᵀ + b over the last axis: ONNX Gemm with transB=1, or MatMul and Add where the input has
   * positions. Parameters: weight [units, inputs], bias [units].
   */
  record Dense(int units, boolean bias) implements LayerSpec {
    /** Checks the number of units. */
    public Dense {
      Checks.size("units", units);
    }

    /** With a bias. */
    public Dense(int units) {
      this(units, true);
    }
  }

  /**
   * Convolution with zero padding: ONNX Conv, one group, no dilation. Parameters: weight [channels,
   * input channels, kernelHeight, kernelWidth], bias [channels].
   */
  record Convolution2d(
      int channels,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int padHeight,
      int padWidth,
      boolean bias)
      implements LayerSpec {
    /** Checks the sizes. */
    public Convolution2d {
      Checks.size("channels", channels);
      Checks.window(kernelHeight, strideHeight, padHeight);
      Checks.window(kernelWidth, strideWidth, padWidth);
    }

    /** A square kernel, with a bias. */
    public static Convolution2d square(int channels, int kernel, int stride, int padding) {
      return new Convolution2d(channels, kernel, kernel, stride, stride, padding, padding, true);
    }
  }

  /** ONNX AveragePool without padding; a rest that fills no window is dropped. */
  record AveragePool(int kernel, int stride) implements LayerSpec {
    /** Checks the sizes. */
    public AveragePool {
      Checks.window(kernel, stride, 0);
    }
  }

  /** ONNX MaxPool without padding; a rest that fills no window is dropped. */
  record MaxPool(int kernel, int stride) implements LayerSpec {
    /** Checks the sizes. */
    public MaxPool {
      Checks.window(kernel, stride, 0);
    }
  }

  /**
   * Normalises groups of channels of one record over all positions (arXiv 1803.08494): ONNX
   * GroupNormalization. Parameters: scale [channels], bias [channels].
   */
  record GroupNorm(int groups, float epsilon) implements LayerSpec {
    /** Checks the ranges. */
    public GroupNorm {
      Checks.size("groups", groups);
      Checks.epsilon(epsilon);
    }

    /** With epsilon 1e-5. */
    public GroupNorm(int groups) {
      this(groups, 1e-5f);
    }
  }

  /**
   * Normalises the last axis of [features] or [positions, features] (arXiv 1607.06450): ONNX
   * LayerNormalization with axis -1. Parameters: scale [features], bias [features].
   */
  record LayerNorm(float epsilon) implements LayerSpec {
    /** Checks the range. */
    public LayerNorm {
      Checks.epsilon(epsilon);
    }
  }

  /**
   * Rows of a table: ONNX Gather. The input [positions] holds whole numbers below {@code
   * vocabulary}; others stand for row 0. Only as the first layer. Parameter: weight [vocabulary,
   * dimension].
   */
  record Embedding(int vocabulary, int dimension) implements LayerSpec {
    /** Checks the sizes. */
    public Embedding {
      Checks.size("vocabulary", vocabulary);
      Checks.size("dimension", dimension);
    }
  }

  /**
   * Fixed wavelet features of an image (Bruna and Mallat 2013), order 2, of each channel by itself:
   * {@link #paths} maps of 1 / 2^scales of the image's height and width. Nothing is trained, and
   * nothing comes from other records, so that features cost no privacy. Only as the first layer. It
   * takes moduli, which are no polynomials: no network with it runs encrypted.
   *
   * @param scales octaves, 1 to 3; the image's sides must be multiples of 2^scales
   * @param angles directions, 1 to 16
   * @param groups groups of maps that are brought to mean 0 and variance 1 within a record (group
   *     normalisation without trained numbers), which must divide the number of maps; 0 for none
   */
  record Scattering(int scales, int angles, int groups) implements LayerSpec {
    /** Checks the ranges. */
    public Scattering {
      Checks.between("scales", scales, 1, 3);
      Checks.between("angles", angles, 1, 16);
      Checks.between("groups", groups, 0, 1 << 16);
    }

    /** Maps of one channel: one low-pass, one a wavelet, one a pair of falling frequency. */
    public int paths() {
      return 1 + scales * angles + scales * (scales - 1) / 2 * angles * angles;
    }
  }

  /** x + body(x); the body must keep the shape. Parameters of layer i of the body: {@code i.}. */
  record Residual(List<LayerSpec> body) implements LayerSpec {
    /** Copies the list. */
    public Residual {
      body = List.copyOf(body);
      if (body.isEmpty()) {
        throw new IllegalArgumentException("body must not be empty");
      }
    }
  }

  /** To one axis, in the order of ONNX Flatten: channels first for images. */
  record Flatten() implements LayerSpec {}

  /** A fixed function of every element. */
  record Activation(ActivationFunction function) implements LayerSpec {}

  /**
   * A trained polynomial of every element, so that the network runs well encrypted. It starts as
   * the least-squares fit of ReLU on [-inputBound, inputBound]. Each record's loss has {@code
   * rangePenalty} times the mean of max(0, |x| - inputBound)² added, which keeps inputs in range.
   * Parameter: coefficients [degree + 1], ascending.
   *
   * @param degree from 2 to 4
   * @param inputBound positive
   * @param rangePenalty not negative
   */
  record PolynomialActivation(int degree, float inputBound, float rangePenalty)
      implements LayerSpec {
    /** Checks the ranges. */
    public PolynomialActivation {
      if (degree < 2 || degree > 4) {
        throw new IllegalArgumentException("degree " + degree + " is not from 2 to 4");
      }
      Checks.positive("inputBound", inputBound);
      if (!(rangePenalty >= 0 && rangePenalty <= 1e6f)) {
        throw new IllegalArgumentException(
            "rangePenalty " + rangePenalty + " is not from 0 to 1e6");
      }
    }
  }

  /**
   * Cuts every element to [-bound, bound]: ONNX Clip. Behind it the range of values is known
   * without a look at any record.
   */
  record Clip(float bound) implements LayerSpec {
    /** Checks the range. */
    public Clip {
      Checks.positive("bound", bound);
    }
  }
}
