package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.schedule.Flooding;
import io.silenda.infer.schedule.ScheduledProgram;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodedAnswersTest {
  private static final int ROWS = 200;
  private static final CompileOptions FLOODED =
      CompileOptions.automatic().withFlooding(Flooding.of(16));

  @TempDir private Path folder;

  private static Tensor rows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[ROWS * SmallNetworks.INPUTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(new int[] {ROWS, SmallNetworks.INPUTS}, values);
  }

  private PrivateModel model(Path file) throws Exception {
    return PrivateModel.fromOnnx(file).calibrate(rows(1));
  }

  /** 200 rows of one answer: outside of 0.75..1.35 in fewer than one run of a million. */
  @Test
  void answersCarryTheNoiseThatParametersLeaveRoomFor() throws Exception {
    Path file = SmallNetworks.logisticRegression(folder);
    PrivateModel model = model(file);
    CompiledModel compiled = model.compile(FLOODED);
    double deviation = compiled.serverBundle().program().floodDeviation();
    assertThat(deviation).isPositive().isLessThan(compiled.predictedMaxError() / 3.9);
    Tensor core;
    try (EncryptedRun run = new EncryptedRun(compiled, Progress.NONE)) {
      run.evaluate(rows(2), 1);
      core = run.core();
    }
    double squares = 0;
    try (PlainModel plain = PlainModel.open(file, model.graph())) {
      float[] expected = plain.run(rows(2)).coreTensor().values();
      float[] actual = core.values();
      assertThat(actual).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        double error = Math.abs(actual[i] - (double) expected[i]);
        assertThat(error).isLessThanOrEqualTo(compiled.errorBound().total());
        squares += error * error;
      }
    }
    assertThat(Math.sqrt(squares / ROWS) / deviation).isBetween(0.75, 1.35);
  }

  @Test
  void bundlesKeepIt() throws Exception {
    CompiledModel compiled = model(SmallNetworks.logisticRegression(folder)).compile(FLOODED);
    Path file = folder.resolve("server.bundle");
    Bundles.write(file, compiled.serverBundle());
    ScheduledProgram read = Bundles.readServer(file).program();
    assertThat(read.floodDeviation()).isEqualTo(compiled.serverBundle().program().floodDeviation());
    assertThat(Bundles.readServer(file).modelDigest())
        .isEqualTo(compiled.clientBundle().modelDigest());
  }

  @Test
  void theGuaranteeSaysWhetherAnswersAreFlooded() throws Exception {
    PrivateModel model = model(SmallNetworks.logisticRegression(folder));
    assertThat(model.compile(FLOODED).guarantee().doesNotProtectFrom().toString())
        .contains("statistical distance of 2^-16")
        .doesNotContain("not flooded");
    assertThat(
            model.compile(CompileOptions.automatic()).guarantee().doesNotProtectFrom().toString())
        .contains("not flooded");
  }

  @Test
  void whatNoModulusHoldsIsRefused() throws Exception {
    PrivateModel model = model(SmallNetworks.logisticRegression(folder));
    CompileOptions options = CompileOptions.automatic().withFlooding(Flooding.of(64));
    assertThatThrownBy(() -> model.compile(options))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_PARAMETERS))
        .hasMessageContaining("flood with fewer bits");
  }
}
