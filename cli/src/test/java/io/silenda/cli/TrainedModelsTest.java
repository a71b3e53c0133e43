package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.data.Scaling;
import io.silenda.dp.evaluate.RowData;
import io.silenda.dp.export.OnnxExporter;
import io.silenda.dp.network.ActivationFunction;
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
import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.network.Weights;
import io.silenda.dp.train.Predictor;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.Operator;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What training writes is what ONNX Runtime computes and what the HE compiler understands. */
class TrainedModelsTest {
  private static final long SEED = 20261121;

  @TempDir private Path folder;

  static Stream<NetworkSpec> networks() {
    return Stream.of(
        NetworkSpec.of(TensorShape.of(6), new Dense(4), new Dense(3, false)),
        NetworkSpec.of(
            TensorShape.of(1, 8, 8),
            new Convolution2d(4, 3, 3, 2, 1, 1, 0, true),
            new GroupNorm(2),
            new Activation(ActivationFunction.RELU),
            new MaxPool(2, 1),
            new AveragePool(2, 2),
            new Flatten(),
            new LayerNorm(1e-5f),
            new Dense(3)),
        NetworkSpec.of(
            TensorShape.of(1, 28, 28), new Scattering(2, 8, 27), new Flatten(), new Dense(10)),
        NetworkSpec.of(
            TensorShape.of(2, 16, 8),
            new Scattering(3, 3, 0),
            new GroupNorm(2),
            new Flatten(),
            new Dense(3)),
        NetworkSpec.of(
            TensorShape.of(5),
            new Embedding(7, 4),
            new Dense(4),
            new LayerNorm(1e-5f),
            new Residual(List.of(new Dense(4, false), new Activation(ActivationFunction.TANH))),
            new Flatten(),
            new Dense(2)),
        NetworkSpec.of(
            TensorShape.of(6),
            new Dense(5),
            new Activation(ActivationFunction.SQUARE),
            new Activation(ActivationFunction.SIGMOID),
            new Activation(ActivationFunction.SILU),
            new Activation(ActivationFunction.GELU),
            new PolynomialActivation(4, 2, 0),
            new Clip(0.75f),
            new Dense(2)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void onnxRuntimeGivesTheSameAnswers(NetworkSpec network) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    Weights weights = weights(network, random);
    byte[] model = OnnxExporter.export(network, weights, Optional.empty(), Map.of("a", "b"));
    boolean tokens = network.layers().get(0) instanceof Embedding;
    for (int i = 0; i < 5; i++) {
      float[] row = new float[network.input().elements()];
      for (int k = 0; k < row.length; k++) {
        row[k] = tokens ? random.nextInt(7) : (float) random.nextGaussian();
      }
      assertThat(run(model, network.input(), row))
          .as("seed %d", SEED)
          .containsExactly(predicted(network, weights, row), within(1e-4f));
    }
  }

  @Test
  void theModelContainsItsScaling() throws Exception {
    NetworkSpec network = NetworkSpec.of(TensorShape.of(3), new Dense(2));
    Weights weights = weights(network, new SplittableRandom(SEED));
    Scaling scaling = Scaling.of(new float[] {0, -1, 5}, new float[] {255, 1, 10});
    byte[] model = OnnxExporter.export(network, weights, Optional.of(scaling), Map.of());
    float[] scaled = {100 / 255f, 0.75f, 0.2f};
    assertThat(run(model, network.input(), new float[] {100, 0.5f, 6}))
        .containsExactly(predicted(network, weights, scaled), within(1e-5f));
  }

  /** Squares and trained polynomials stay exact polynomials: no calibration rows are needed. */
  @Test
  void theCompilerReadsWhatIsMadeForIt() throws Exception {
    NetworkSpec network =
        NetworkSpec.of(
            TensorShape.of(1, 28, 28),
            Convolution2d.square(4, 5, 2, 1),
            new Activation(ActivationFunction.SQUARE),
            new Flatten(),
            new Dense(16),
            new PolynomialActivation(3, 4, 0.1f),
            new Dense(10));
    Weights weights = weights(network, new SplittableRandom(SEED));
    Scaling scaling = Scaling.uniform(784, 0, 255);
    Path file = folder.resolve("model.onnx");
    Files.write(file, OnnxExporter.export(network, weights, Optional.of(scaling), Map.of()));
    Graph graph = OnnxImporter.read(file);
    assertThat(graph.nodes().stream().<Class<?>>map(node -> node.operator().getClass()))
        .contains(Operator.Polynomial.class)
        .doesNotContain(Operator.Activation.class);
  }

  @Test
  void theCompilerRefusesScattering() throws Exception {
    NetworkSpec network =
        NetworkSpec.of(
            TensorShape.of(1, 8, 8), new Scattering(1, 2, 0), new Flatten(), new Dense(2));
    Weights weights = weights(network, new SplittableRandom(SEED));
    Path file = folder.resolve("model.onnx");
    Files.write(file, OnnxExporter.export(network, weights, Optional.empty(), Map.of()));
    assertThatThrownBy(() -> OnnxImporter.read(file)).hasMessageContaining("Sqrt");
  }

  private static float[] predicted(NetworkSpec network, Weights weights, float[] row) {
    try (Predictor predictor = new Predictor(network, weights)) {
      return predictor.outputs(new RowData(LabelledRows.of(row.length, row, new float[1])));
    }
  }

  private static Weights weights(NetworkSpec network, SplittableRandom random) {
    float[] values = new float[network.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * 0.4);
    }
    return Weights.of(network, values);
  }

  private static float[] run(byte[] model, TensorShape shape, float[] row) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] sizes = new long[shape.rank() + 1];
    sizes[0] = 1;
    Arrays.setAll(sizes, i -> i == 0 ? 1 : shape.size(i - 1));
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(row), sizes);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      FloatBuffer answer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[answer.remaining()];
      answer.get(values);
      return values;
    }
  }
}
