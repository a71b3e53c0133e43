package io.silenda.infer.enclave.outsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OutsourcedNetworkTest {
  private static final PrimeField FIELD = PrimeField.MERSENNE_31;
  private static final int ROWS = 6;

  @Test
  void networksGiveTheirOutputs() throws Exception {
    Map<String, String> networks =
        Map.of(
            "lenet5", "fashion",
            "mlp_tanh", "fashion",
            "grouped_dilated", "wide",
            "residual_cubic", "fashion");
    for (Map.Entry<String, String> network : networks.entrySet()) {
      Graph graph = OnnxImporter.read(zoo(network.getKey() + ".onnx"));
      double[][] rows = rows(network.getValue());
      AtomicReference<RuntimeAccelerator> accelerator = new AtomicReference<>();
      OutsourcedNetwork outsourced = network(graph, accelerator);
      try (RuntimeAccelerator opened = accelerator.get()) {
        outsourced.preparePads(ROWS);
        double[][] outputs = outsourced.evaluate(rows);
        for (int row = 0; row < ROWS; row++) {
          double[] expected = new GraphInterpreter(graph).evaluate(rows[row]);
          double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
          assertThat(outputs[row])
              .as("%s, row %d", network.getKey(), row)
              .containsExactly(expected, within(0.01 * largest));
        }
      }
    }
  }

  @Test
  void aLieInOneLayerEndsAllOfThem() throws Exception {
    Graph graph = OnnxImporter.read(zoo("lenet5.onnx"));
    int[] calls = new int[1];
    OutsourcedNetwork outsourced =
        new OutsourcedNetwork(
            graph,
            FIELD,
            2,
            maps ->
                (layer, inputs, rows) -> {
                  calls[0]++;
                  int[] images = maps.get(layer).apply(FIELD, inputs, 0);
                  images[0] = FIELD.add(images[0], layer == 1 ? 1 : 0);
                  return images;
                });
    double[][] row = {rows("fashion")[0]};
    for (int call = 0; call < 2; call++) {
      assertThatThrownBy(() -> outsourced.evaluate(row))
          .isInstanceOfSatisfying(
              PrivateInferenceException.class,
              e ->
                  assertThat(e.reason())
                      .isEqualTo(PrivateInferenceException.Reason.ACCELERATOR_CHEATED));
    }
    assertThat(calls[0]).isEqualTo(2);
    assertThat(outsourced.undetectedProbability()).isCloseTo(Math.pow(2, -62), within(1e-26));
  }

  private static OutsourcedNetwork network(
      Graph graph, AtomicReference<RuntimeAccelerator> accelerator) {
    return new OutsourcedNetwork(
        graph,
        FIELD,
        2,
        maps -> {
          try {
            accelerator.set(RuntimeAccelerator.open(FIELD, maps, 1));
            return accelerator.get();
          } catch (ai.onnxruntime.OrtException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static double[][] rows(String name) throws Exception {
    Tensor tensor = Npy.read(zoo(name + "_test.npy")).rows(0, ROWS);
    double[][] rows = new double[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      float[] values = tensor.row(row);
      rows[row] = new double[values.length];
      Arrays.setAll(rows[row], i -> values[i]);
    }
    return rows;
  }

  private static Path zoo(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(OutsourcedNetworkTest.class.getResource("/zoo/" + name)).toURI());
  }
}
