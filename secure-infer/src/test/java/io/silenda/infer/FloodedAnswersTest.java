package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import io.silenda.he.wire.ServerKeys;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.schedule.FloodPlan;
import io.silenda.infer.schedule.Flooding;
import io.silenda.infer.schedule.ScheduledProgram;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodedAnswersTest {
  private static final int ROWS = 200;
  private static final CompileOptions FLOODED =
      CompileOptions.automatic().withFlooding(new Flooding(Flooding.DEFAULT_BITS));

  @TempDir private Path folder;

  private static Tensor rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count * SmallNetworks.INPUTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(new int[] {count, SmallNetworks.INPUTS}, values);
  }

  private static PrivateModel model(Path file) throws Exception {
    return PrivateModel.fromOnnx(file).calibrate(rows(ROWS, 1));
  }

  /**
   * Two answers to one request differ by their floods alone. 200 rows of one answer: outside of
   * 0.75..1.25 deviations, five of those of the estimate, in fewer than one run of a million.
   */
  @Test
  void answersCarryTheNoiseThatParametersLeaveRoomFor() throws Exception {
    Path file = SmallNetworks.logisticRegression(folder);
    PrivateModel model = model(file);
    CompiledModel compiled = model.compile(FLOODED);
    ScheduledProgram program = compiled.serverBundle().program();
    assertThat(program.resultLevel()).isPositive();
    List<float[]> answers = answers(compiled, rows(ROWS, 2), 2);
    double squares = 0;
    try (PlainModel plain = PlainModel.open(file, model.graph())) {
      float[] expected = plain.run(rows(ROWS, 2)).coreTensor().values();
      for (int i = 0; i < ROWS; i++) {
        double first = answers.get(0)[i];
        assertThat(Math.abs(first - expected[i]))
            .as("row %d", i)
            .isLessThanOrEqualTo(compiled.errorBound().encryption());
        squares += (first - answers.get(1)[i]) * (first - answers.get(1)[i]) / 2;
      }
    }
    int degree = program.parameters().polyModulusDegree();
    double flood = program.flood().orElseThrow().slotDeviation(degree);
    // The client takes the mean of an answer's copies.
    double left = flood / Math.sqrt(program.program().output().copies());
    assertThat(Math.sqrt(squares / ROWS) / left).isBetween(0.75, 1.25);
  }

  /** What a client decrypts when a server answers one request several times. */
  private static List<float[]> answers(CompiledModel compiled, Tensor rows, int times)
      throws Exception {
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    List<float[]> answers = new ArrayList<>();
    try (Client client = Client.create(compiled.clientBundle());
        Server server = new Server(compiled.serverBundle())) {
      client.writeEvaluationKeys(keys);
      RequestTicket ticket = client.encrypt(rows, request, Progress.NONE);
      try (ServerKeys received = server.readKeys(new ByteArrayInputStream(keys.toByteArray()))) {
        for (int i = 0; i < times; i++) {
          ByteArrayOutputStream response = new ByteArrayOutputStream();
          server.answer(
              new ByteArrayInputStream(request.toByteArray()),
              received,
              response,
              1,
              Progress.NONE);
          ByteArrayInputStream in = new ByteArrayInputStream(response.toByteArray());
          answers.add(client.decrypt(in, ticket, Progress.NONE).core().values());
        }
      }
    }
    return answers;
  }

  @Test
  void aNetworkWithASquareAnswersWithinItsBound() throws Exception {
    Path file = SmallNetworks.withPolynomial(folder, 0.25, 0.5, 0.125);
    PrivateModel model = model(file);
    CompiledModel compiled = model.compile(FLOODED);
    try (PlainModel plain = PlainModel.open(file, model.graph())) {
      InferenceReport report =
          new InferenceRunner(model, plain).runEncrypted(rows(8, 3), FLOODED, 1, Progress.NONE);
      assertThat(report.maxAbsErrorVsPlain())
          .isPositive()
          .isLessThanOrEqualTo(compiled.errorBound().total());
      assertThat(report.guarantee()).isEqualTo(compiled.guarantee());
    }
  }

  /**
   * What flooding is measured against: two encryptions of one row, computed on alike, differ by
   * nothing but noise of ciphertexts, of √2 times the deviation that the plan takes for it. The
   * plan covers four times that; and is not so large that precision is given away.
   */
  @Test
  void thePlanCoversTheNoiseThatAnswersHave() throws Exception {
    for (Path file :
        new Path[] {
          SmallNetworks.logisticRegression(folder), SmallNetworks.withPolynomial(folder, 0, 0, 1)
        }) {
      CompiledModel compiled = model(file).compile(FLOODED);
      ScheduledProgram program = compiled.serverBundle().program();
      FloodPlan plan = program.flood().orElseThrow();
      double ratio = ownDeviation(program) / plan.ownDeviation();
      assertThat(ratio).as("%s", program.parameters()).isBetween(1 / 64.0, 2.0);
    }
  }

  private static double ownDeviation(ScheduledProgram program) {
    double[][] row = {rowOf(rows(1, 4))};
    try (CkksContext context = CkksContext.create(program.parameters());
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey key = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(key, program.keyPlan());
        ProgramEvaluator evaluator = new ProgramEvaluator(program, context);
        Plaintext input =
            new Encoder(context)
                .encode(
                    program.program().input().pack(row),
                    program.parameters().maxLevel(),
                    Math.pow(2, program.inputLog2Scale()))) {
      Evaluator operations = new AcceleratedEvaluator(context);
      Encryptor encryptor = Encryptor.symmetric(context, key);
      try (Ciphertext first = encryptor.encrypt(input);
          Ciphertext second = encryptor.encrypt(input);
          Ciphertext answer = evaluator.evaluate(operations, first, keys);
          Ciphertext other = evaluator.evaluate(operations, second, keys);
          Ciphertext noise = operations.sub(answer, other)) {
        double[] slots = new Decryptor(context, key).decrypt(noise);
        double squares = Arrays.stream(slots).map(x -> x * x).sum();
        return Math.sqrt(squares / slots.length / 2);
      }
    }
  }

  private static double[] rowOf(Tensor rows) {
    float[] row = rows.row(0);
    double[] values = new double[row.length];
    Arrays.setAll(values, i -> row[i]);
    return values;
  }

  @Test
  void theGuaranteeSaysWhetherAnswersAreFloodedAndByHowMuch() throws Exception {
    PrivateModel model = model(SmallNetworks.logisticRegression(folder));
    CompiledModel on = model.compile(FLOODED);
    CompiledModel off = model.compile(CompileOptions.automatic());
    assertThat(on.guarantee().protections().get(0))
        .startsWith("circuit privacy: on")
        .contains("2^-40 each, 2^-30 for a million");
    assertThat(on.guarantee().doesNotProtectFrom().toString()).doesNotContain("not flooded");
    assertThat(off.guarantee().protections().get(0)).startsWith("circuit privacy: off");
    assertThat(off.guarantee()).isEqualTo(Guarantee.of(Mode.HE));
    assertThat(on.clientBundle().guarantee()).isEqualTo(on.guarantee());
    assertThat(on.report().guarantee()).isEqualTo(on.guarantee());
    assertThat(on.serverBundle().modelDigest()).isNotEqualTo(off.serverBundle().modelDigest());
  }
}
