package io.silenda.infer.enclave.outsource;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.silenda.infer.plain.OnnxRuntime;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An accelerator on the processor: ONNX Runtime's matrix product of doubles, which holds every sum
 * exactly. It stands for any device that multiplies such matrices. Whoever opens it closes it; not
 * thread-safe.
 */
public final class RuntimeAccelerator implements Accelerator, AutoCloseable {
  private final PrimeField field;
  private final List<FieldMap> maps;
  private final List<List<OnnxTensor>> matrices = new ArrayList<>();
  private final OrtSession session;

  private RuntimeAccelerator(PrimeField field, List<FieldMap> maps, OrtSession session) {
    this.field = field;
    this.maps = List.copyOf(maps);
    this.session = session;
  }

  /** An accelerator of these layers, on so many threads. */
  public static RuntimeAccelerator open(PrimeField field, List<FieldMap> maps, int threads)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      byte[] product = ProductModel.bytes();
      OrtSession session = OnnxRuntime.environment().createSession(product, options);
      RuntimeAccelerator accelerator = new RuntimeAccelerator(field, maps, session);
      for (FieldMap map : maps) {
        accelerator.matrices.add(accelerator.matricesOf(map));
      }
      return accelerator;
    }
  }

  @Override
  public int[] multiply(int layer, int[] inputs, int rows) throws IOException {
    FieldMap map = maps.get(layer);
    try {
      return map instanceof ConvolutionMap convolution
          ? convolve(convolution, matrices.get(layer), inputs, rows)
          : residues(product(centered(inputs), rows, map.inputSize(), matrices.get(layer).get(0)));
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime cannot multiply", e);
    }
  }

  @Override
  public void close() throws OrtException {
    matrices.forEach(all -> all.forEach(OnnxTensor::close));
    session.close();
  }

  /** One matrix, inputs by outputs; for a convolution one a group, patch by channels. */
  private List<OnnxTensor> matricesOf(FieldMap map) throws OrtException {
    List<OnnxTensor> made = new ArrayList<>();
    if (map instanceof DenseMap dense) {
      double[] weights = new double[dense.inputSize() * dense.outputSize()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = dense.weight(i % dense.outputSize(), i / dense.outputSize());
      }
      made.add(tensor(weights, dense.inputSize(), dense.outputSize()));
    } else if (map instanceof ConvolutionMap convolution) {
      int channels = convolution.geometry().outChannels() / convolution.geometry().groups();
      for (int group = 0; group < convolution.geometry().groups(); group++) {
        double[] weights = new double[convolution.patchSize() * channels];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = convolution.weight(group * channels + i % channels, i / channels);
        }
        made.add(tensor(weights, convolution.patchSize(), channels));
      }
    }
    return made;
  }

  private int[] convolve(ConvolutionMap map, List<OnnxTensor> groups, int[] inputs, int rows)
      throws OrtException {
    int positions = map.geometry().outHeight() * map.geometry().outWidth();
    int channels = map.geometry().outChannels() / groups.size();
    int[] outputs = new int[rows * map.outputSize()];
    for (int row = 0; row < rows; row++) {
      for (int group = 0; group < groups.size(); group++) {
        double[] patches = patches(map, group, inputs, row * map.inputSize(), positions);
        int[] image = residues(product(patches, positions, map.patchSize(), groups.get(group)));
        int start = row * map.outputSize() + group * channels * positions;
        for (int i = 0; i < image.length; i++) {
          outputs[start + i % channels * positions + i / channels] = image[i];
        }
      }
    }
    return outputs;
  }

  private double[] patches(ConvolutionMap map, int group, int[] inputs, int from, int positions) {
    double[] patches = new double[positions * map.patchSize()];
    for (int i = 0; i < patches.length; i++) {
      int index = map.inputIndex(group, i / map.patchSize(), i % map.patchSize());
      patches[i] = index < 0 ? 0 : field.centered(inputs[from + index]);
    }
    return patches;
  }

  private double[] product(double[] left, int rows, int columns, OnnxTensor right)
      throws OrtException {
    try (OnnxTensor a = tensor(left, rows, columns);
        OrtSession.Result result =
            session.run(Map.of(ProductModel.LEFT, a, ProductModel.RIGHT, right))) {
      DoubleBuffer buffer = ((OnnxTensor) result.get(0)).getDoubleBuffer();
      double[] values = new double[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }

  private double[] centered(int[] inputs) {
    double[] values = new double[inputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = field.centered(inputs[i]);
    }
    return values;
  }

  private int[] residues(double[] values) {
    int[] residues = new int[values.length];
    for (int i = 0; i < residues.length; i++) {
      residues[i] = field.reduce((long) values[i]);
    }
    return residues;
  }

  private static OnnxTensor tensor(double[] values, long rows, long columns) throws OrtException {
    return OnnxTensor.createTensor(
        OnnxRuntime.environment(), DoubleBuffer.wrap(values), new long[] {rows, columns});
  }
}
