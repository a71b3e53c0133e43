package io.silenda.infer.enclave.outsource;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A network whose dense layers and convolutions an untrusted accelerator multiplies; everything
 * else is computed inside, in double precision. Not thread-safe.
 */
public final class OutsourcedNetwork {
  private final Graph graph;
  private final PrimeField field;
  private final int checks;
  private final Map<Integer, OutsourcedLayer> layers = new HashMap<>();

  /**
   * A network.
   *
   * @param field the field that products are computed in
   * @param checks number of independent checks of every answer
   * @param connect makes the accelerator for the layers' integer maps, which it numbers from 0
   */
  public OutsourcedNetwork(
      Graph graph, PrimeField field, int checks, Function<List<FieldMap>, Accelerator> connect) {
    this.graph = graph;
    this.field = field;
    this.checks = checks;
    Map<Integer, QuantizedLayer> quantized = new HashMap<>();
    List<FieldMap> maps = new ArrayList<>();
    List<Integer> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Operator.Dense dense) {
        quantized.put(node.id(), QuantizedLayer.of(dense));
      } else if (node.operator() instanceof Operator.Convolution convolution) {
        quantized.put(node.id(), QuantizedLayer.of(convolution));
      }
      if (quantized.containsKey(node.id())) {
        maps.add(quantized.get(node.id()).map());
        nodes.add(node.id());
      }
    }
    Accelerator accelerator = connect.apply(List.copyOf(maps));
    for (int i = 0; i < nodes.size(); i++) {
      int id = nodes.get(i);
      layers.put(id, new OutsourcedLayer(i, quantized.get(id), field, checks, accelerator));
    }
  }

  /** How likely the first wrong answer of the accelerator passes: p^−k. */
  public double undetectedProbability() {
    return Math.pow(field.modulus(), -checks);
  }

  /** Computes pads for so many rows ahead of their time. */
  public void preparePads(int rows) {
    layers.values().forEach(layer -> layer.preparePads(rows));
  }

  /**
   * The core tensor of each row.
   *
   * @param rows flattened inputs
   * @throws PrivateInferenceException if the accelerator gave a wrong answer, or none; it is not
   *     asked again
   */
  public double[][] evaluate(double[][] rows) throws PrivateInferenceException {
    double[][][] values = new double[rows.length][graph.nodes().size()][];
    try {
      for (Node node : graph.nodes()) {
        OutsourcedLayer layer = layers.get(node.id());
        if (layer != null) {
          outsource(layer, node, values);
        } else {
          computeInside(node, rows, values);
        }
      }
    } catch (PrivateInferenceException e) {
      layers.values().forEach(OutsourcedLayer::exclude);
      throw e;
    }
    double[][] outputs = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      outputs[row] = values[row][graph.outputId()];
    }
    return outputs;
  }

  private static void computeInside(Node node, double[][] rows, double[][][] values) {
    for (int row = 0; row < rows.length; row++) {
      values[row][node.id()] =
          node.inputs().isEmpty()
              ? rows[row].clone()
              : GraphInterpreter.evaluate(node, values[row]);
    }
  }

  private static void outsource(OutsourcedLayer layer, Node node, double[][][] values)
      throws PrivateInferenceException {
    int source = node.inputs().get(0);
    int inputSize = values[0][source].length;
    double[] inputs = new double[values.length * inputSize];
    for (int row = 0; row < values.length; row++) {
      System.arraycopy(values[row][source], 0, inputs, row * inputSize, inputSize);
    }
    double[] outputs = layer.apply(inputs, values.length);
    int outputSize = outputs.length / values.length;
    for (int row = 0; row < values.length; row++) {
      values[row][node.id()] = new double[outputSize];
      System.arraycopy(outputs, row * outputSize, values[row][node.id()], 0, outputSize);
    }
  }
}
