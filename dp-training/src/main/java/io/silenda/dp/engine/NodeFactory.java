package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.RowKernel;
import io.silenda.dp.network.LayerSpec;
import io.silenda.dp.network.LayerSpec.Activation;
import io.silenda.dp.network.LayerSpec.AveragePool;
import io.silenda.dp.network.LayerSpec.Clip;
import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Embedding;
import io.silenda.dp.network.LayerSpec.Flatten;
import io.silenda.dp.network.LayerSpec.GroupNorm;
import io.silenda.dp.network.LayerSpec.LayerNorm;
import io.silenda.dp.network.LayerSpec.MaxPool;
import io.silenda.dp.network.LayerSpec.PolynomialActivation;
import io.silenda.dp.network.LayerSpec.Residual;
import io.silenda.dp.network.ParameterSpec;
import io.silenda.dp.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes nodes of layers, and hands out ranges of the parameters in order. */
final class NodeFactory {
  private final Blas blas;
  private final Optional<RowKernel> kernel;
  private final Batch batch;
  private final boolean perExample;
  private final List<Node> all = new ArrayList<>();
  private int offset;

  /**
   * @param kernel for dense layers on rows of one position
   */
  NodeFactory(Blas blas, Optional<RowKernel> kernel, Batch batch, boolean perExample) {
    this.blas = blas;
    this.kernel = kernel;
    this.batch = batch;
    this.perExample = perExample;
  }

  /** All nodes made so far, those inside of others included. */
  List<Node> all() {
    return all;
  }

  /** A chain behind {@code input}. */
  List<Node> chain(List<LayerSpec> layers, TensorShape input, Tensor first) {
    List<Node> nodes = new ArrayList<>();
    TensorShape shape = input;
    Tensor in = first;
    for (LayerSpec layer : layers) {
      TensorShape next = layer.outputShape(shape);
      Tensor out = new Tensor(batch.mostRows(), next.elements());
      Node node = node(layer, shape, in, out);
      all.add(node);
      nodes.add(node);
      shape = next;
      in = out;
    }
    return nodes;
  }

  private Node node(LayerSpec layer, TensorShape shape, Tensor in, Tensor out) {
    if (layer instanceof Residual residual) {
      Tensor first = new Tensor(batch.mostRows(), in.size);
      List<Node> body = chain(residual.body(), shape, first);
      return new ResidualNode(in, out, first, body.get(body.size() - 1).out, body);
    }
    int at = offset;
    for (ParameterSpec parameter : layer.parameters(shape)) {
      offset += parameter.shape().elements();
    }
    return at == offset ? fixed(layer, shape, in, out) : trained(layer, shape, in, out, at);
  }

  private Node fixed(LayerSpec layer, TensorShape shape, Tensor in, Tensor out) {
    if (layer instanceof Activation activation) {
      return new ActivationNode(in, out, activation.function());
    }
    if (layer instanceof Clip clip) {
      return new ClipNode(in, out, clip.bound());
    }
    if (layer instanceof MaxPool pool) {
      return new MaxPoolNode(in, out, pool.kernel(), pool.stride(), shape, batch.mostRows());
    }
    if (layer instanceof AveragePool pool) {
      return new AveragePoolNode(in, out, pool.kernel(), pool.stride(), shape);
    }
    if (layer instanceof Flatten) {
      return new FlattenNode(in, out, shape);
    }
    throw new IllegalArgumentException("no engine for " + layer);
  }

  private Node trained(LayerSpec layer, TensorShape shape, Tensor in, Tensor out, int at) {
    int channels = shape.channels();
    if (layer instanceof Dense dense) {
      if (shape.rank() == 1) {
        return dense(dense.bias(), in, out, at);
      }
      return new PositionDenseNode(blas, in, out, batch, shape.positions(), dense.bias(), at);
    }
    if (layer instanceof Convolution2d convolution) {
      return ConvolutionNode.of(blas, in, out, batch, convolution, shape, at);
    }
    if (layer instanceof GroupNorm norm) {
      int block = channels / norm.groups();
      return new NormNode(in, out, batch, at, channels, shape.positions(), block, norm.epsilon());
    }
    if (layer instanceof LayerNorm norm) {
      return new NormNode(in, out, batch, at, channels, 1, channels, norm.epsilon());
    }
    if (layer instanceof Embedding embedding) {
      return new EmbeddingNode(in, out, batch, at, embedding.vocabulary(), embedding.dimension());
    }
    if (layer instanceof PolynomialActivation polynomial) {
      return new PolynomialNode(in, out, batch, at, polynomial);
    }
    throw new IllegalArgumentException("no engine for " + layer);
  }

  private Node dense(boolean bias, Tensor in, Tensor out, int at) {
    return kernel.isPresent() && batch.views == 1
        ? new RowDenseNode(kernel.get(), in, out, batch, bias, at)
        : new DenseNode(blas, in, out, batch, bias, at, perExample);
  }
}
