package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Imports a model and compares the interpreter and the client's tail with ONNX Runtime. */
final class RuntimeComparison {
  private static final long SEED = 7;
  private static final int ROWS = 3;
  private static final double TOLERANCE = 2e-4;

  private RuntimeComparison() {}

  /** The imported graph, after both agreed on random rows. */
  static Graph check(OnnxBuilder builder) throws Exception {
    Path folder = Files.createTempDirectory("silenda-test");
    Path file = builder.write(folder);
    try {
      Graph graph = OnnxImporter.read(file);
      try (PlainModel plain = PlainModel.open(file, graph)) {
        compare(graph, plain);
      }
      return graph;
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private static void compare(Graph graph, PlainModel plain) throws Exception {
    int size = graph.modelInterface().inputShape().elementCount();
    float[] values = new float[ROWS * size];
    Random random = new Random(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextGaussian());
    }
    Tensor rows = Tensor.of(new int[] {ROWS, size}, values);
    PlainModel.Result result = plain.run(rows);
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    for (int row = 0; row < ROWS; row++) {
      double[] core = interpreter.evaluate(TestModels.row(rows, row));
      assertThat(core).hasSize(graph.modelInterface().coreShape().elementCount());
      assertClose("core", row, core, TestModels.row(result.coreTensor(), row));
      double[] first = graph.tail().apply(core);
      assertClose("first output", row, first, TestModels.row(result.firstFloatOutput(), row));
    }
  }

  private static void assertClose(String what, int row, double[] actual, double[] expected) {
    assertThat(actual).as("%s of row %d, seed %d", what, row, SEED).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("%s of row %d at %d, seed %d", what, row, i, SEED)
          .isCloseTo(expected[i], within(TOLERANCE * (1 + Math.abs(expected[i]))));
    }
  }

  /** The refusal of a model. */
  static OnnxImportException refusal(OnnxBuilder builder) throws Exception {
    Path folder = Files.createTempDirectory("silenda-test");
    Path file = builder.write(folder);
    try {
      OnnxImporter.read(file);
    } catch (OnnxImportException e) {
      assertThat(e.getMessage()).startsWith("model.onnx: ").doesNotContain("\n");
      return e;
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
    throw new AssertionError("the model was accepted");
  }
}
