package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.schedule.Flooding;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that were compiled for decrypted values to be shared. */
class ReservedSharingTest {
  private static final int ROWS = 200;
  private static final Sharing SHARING = new Sharing(30, 10_000, 0.05);
  private static final CompileOptions OPTIONS = CompileOptions.automatic().withSharing(SHARING);

  @TempDir private Path folder;

  private PrivateModel model() throws Exception {
    return PrivateModel.fromOnnx(SmallNetworks.logisticRegression(folder)).calibrate(rows(1));
  }

  private static Tensor rows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[ROWS * SmallNetworks.INPUTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(new int[] {ROWS, SmallNetworks.INPUTS}, values);
  }

  private static Answers answers(CompiledModel compiled, Tensor rows) throws Exception {
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try (Client client = Client.create(compiled.clientBundle());
        Server server = new Server(compiled.serverBundle())) {
      client.writeEvaluationKeys(keys);
      RequestTicket ticket = client.encrypt(rows, request, Progress.NONE);
      try (var received = server.readKeys(new ByteArrayInputStream(keys.toByteArray()))) {
        ByteArrayInputStream in = new ByteArrayInputStream(request.toByteArray());
        server.answer(in, received, response, 1, Progress.NONE);
      }
      ByteArrayInputStream in = new ByteArrayInputStream(response.toByteArray());
      return client.decrypt(in, ticket, Progress.NONE);
    }
  }

  /** Errors above six deviations occur in fewer than one run of two million. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersCanBeShared(boolean isFlooded) throws Exception {
    CompileOptions options = isFlooded ? OPTIONS.withFlooding(new Flooding(20)) : OPTIONS;
    CompiledModel compiled = model().compile(options);
    Answers answers = answers(compiled, rows(2));
    float[] own = answers.output().values();
    float[] shared = answers.shareWith(SHARING).values();
    double largest = 0;
    for (int i = 0; i < ROWS; i++) {
      largest = Math.max(largest, Math.abs(own[i] - shared[i]));
    }
    assertThat(largest).isPositive().isLessThan(SHARING.maxError() * 1.5);
    Answers exact = answers(model().compile(CompileOptions.automatic()), rows(2));
    assertThatThrownBy(() -> exact.shareWith(SHARING))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.SHARING_NEEDS_FLOODING));
  }

  @Test
  void bundleAndGuaranteeSayForHowMany() throws Exception {
    CompiledModel compiled = model().compile(OPTIONS);
    Path file = folder.resolve("client.bundle");
    Bundles.write(file, compiled.clientBundle());
    ClientBundle read = Bundles.readClient(file);
    assertThat(read.sharing()).contains(SHARING);
    assertThat(read.guarantee()).isEqualTo(compiled.guarantee());
    assertThat(read.guarantee().protections().get(1))
        .contains("on, Answers.shareWith has room for 10000 answers at 30 statistical bits")
        .contains("0.05");
    assertThat(Guarantee.of(Mode.HE).protections().get(1)).contains("no room reserved");
  }

  @Test
  void errorsBelowTheRoundingOfAnswersAreRefused() throws Exception {
    PrivateModel model = model();
    CompileOptions exact = CompileOptions.automatic().withMaxError(1e-9);
    assertThatThrownBy(() -> model.compile(exact))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_PARAMETERS))
        .hasMessageContaining("32-bit floats");
    assertThat(model.compile(CompileOptions.automatic().withMaxError(1e-4)).predictedMaxError())
        .isLessThan(1e-4);
  }

  @Test
  void errorsThatNoParametersReachAreRefused() throws Exception {
    PrivateModel model = model();
    CompileOptions options = OPTIONS.withSharing(new Sharing(128, Sharing.MAX_ANSWERS, 1e-6));
    assertThatThrownBy(() -> model.compile(options))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_PARAMETERS))
        .hasMessageContaining("too few bits");
  }
}
