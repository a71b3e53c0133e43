package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.KeyGenerator;
import io.silenda.he.NativeMemory;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import io.silenda.he.wire.Envelope;
import io.silenda.he.wire.ResponseCodec;
import io.silenda.he.wire.ServerKeys;
import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted answers of real networks on real rows, beside ONNX Runtime. */
class EncryptedInferenceIT {

  @ParameterizedTest
  @ValueSource(strings = {"tenseal_cnn_square", "cryptonets_square", "mlp_square"})
  void digitNetworksAgreeOnFiftyRows(String name) throws Exception {
    InferenceReport report = run(name, TestModels.digits(0, 50), CompileOptions.automatic(), 2);
    assertThat(report.argmaxAgreement()).isEqualTo(1.0);
    assertThat(report.maxAbsErrorVsPlain()).isPositive().isLessThanOrEqualTo(0.05);
    assertThat(report.evaluationKeyBytes()).isLessThanOrEqualTo(80_000_000L);
    assertThat(report.rows()).isEqualTo(50);
    assertThat(report.serverComputeMillis()).allMatch(millis -> millis > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logreg_breast_cancer", "logreg_breast_cancer_sklearn"})
  void logisticRegressionsAgreeOnAllRows(String name) throws Exception {
    InferenceReport report = run(name, TestModels.patients(), CompileOptions.automatic(), 1);
    assertThat(report.argmaxAgreement()).isEqualTo(1.0);
    assertThat(report.maxAbsErrorVsPlain()).isPositive().isLessThanOrEqualTo(1e-3);
  }

  @Test
  void aBatchGivesTheSameAnswersAsSingleRows() throws Exception {
    Tensor rows = TestModels.digits(0, 4);
    InferenceReport single =
        run("tenseal_cnn_square", rows, CompileOptions.automatic().withBatch(1), 1);
    InferenceReport batched =
        run("tenseal_cnn_square", rows, CompileOptions.automatic().withBatch(3), 1);
    assertThat(single.serverComputeMillis()).hasSize(4);
    assertThat(batched.serverComputeMillis()).hasSize(2);
    assertThat(Agreement.maxAbsError(single.output(), batched.output())).isLessThan(0.1);
  }

  @Test
  void answersComeFromADecryption() throws Exception {
    Tensor rows = TestModels.digits(0, 1);
    InferenceReport first = run("tenseal_cnn_square", rows, CompileOptions.automatic(), 1);
    InferenceReport second = run("tenseal_cnn_square", rows, CompileOptions.automatic(), 1);
    assertThat(first.maxAbsErrorVsPlain()).as("noise of the first run").isPositive();
    assertThat(first.output().values())
        .as("two runs with fresh keys and randomness")
        .isNotEqualTo(second.output().values());
  }

  @Test
  void aServerWithoutTheClientsKeysFails() throws Exception {
    CompiledModel compiled = compile("logreg_breast_cancer");
    ClientBundle bundle = compiled.clientBundle();
    EvaluationKeyPlan none = new EvaluationKeyPlan(-1, new TreeMap<>());
    ClientBundle withoutKeys =
        new ClientBundle(
            bundle.modelName(),
            bundle.modelDigest(),
            bundle.inputShape(),
            bundle.parameters(),
            none,
            bundle.input(),
            bundle.output(),
            bundle.rowsPerRequest(),
            bundle.inputLog2Scale(),
            bundle.answerLog2Scale(),
            bundle.predictedMaxError(),
            bundle.tail(),
            bundle.flooding(),
            bundle.sharing());
    try (Client client = Client.create(bundle);
        Client stranger = Client.create(bundle);
        Client keyless = Client.create(withoutKeys);
        Server server = new Server(compiled.serverBundle());
        ServerKeys strangersKeys = server.readKeys(input(keysOf(stranger)))) {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      client.encrypt(TestModels.patients().rows(0, 1), request, Progress.NONE);
      assertThatThrownBy(() -> server.readKeys(input(keysOf(keyless))))
          .isInstanceOfSatisfying(
              WireFormatException.class,
              e -> assertThat(e.reason()).isEqualTo(WireFormatException.Reason.OTHER_KEY_PLAN));
      ByteArrayOutputStream response = new ByteArrayOutputStream();
      assertThatThrownBy(
              () -> server.answer(input(request), strangersKeys, response, 1, Progress.NONE))
          .isInstanceOfSatisfying(
              WireFormatException.class,
              e -> assertThat(e.reason()).isEqualTo(WireFormatException.Reason.OTHER_KEY));
      assertThat(response.size()).isZero();
    }
  }

  @Test
  void anAnswerAtAnotherScaleOrLevelIsRefused() throws Exception {
    CompiledModel compiled = compile("tenseal_cnn_square");
    double agreed = compiled.clientBundle().answerLog2Scale();
    try (Client client = Client.create(compiled.clientBundle());
        Server server = new Server(compiled.serverBundle());
        ServerKeys keys = server.readKeys(input(keysOf(client)))) {
      RequestTicket ticket = client.newTicket(1);
      assertThat(reasonOf(client, ticket, forged(keys, ticket, compiled, 0, agreed - 10)))
          .isEqualTo(Reason.UNEXPECTED_ANSWER);
      assertThat(reasonOf(client, ticket, forged(keys, ticket, compiled, 1, agreed)))
          .isEqualTo(Reason.UNEXPECTED_ANSWER);
      byte[] asAgreed = forged(keys, ticket, compiled, 0, agreed);
      Answers zeros = client.decrypt(new ByteArrayInputStream(asAgreed), ticket, Progress.NONE);
      assertThat(zeros.core().values()).hasSize(10).doesNotContain(1f);
    }
  }

  private static Reason reasonOf(Client client, RequestTicket ticket, byte[] response) {
    return catchThrowableOfType(
            PrivateInferenceException.class,
            () -> client.decrypt(new ByteArrayInputStream(response), ticket, Progress.NONE))
        .reason();
  }

  /** Zeros under the client's public key, as an answer that no model computed. */
  private static byte[] forged(
      ServerKeys keys, RequestTicket ticket, CompiledModel compiled, int level, double log2Scale)
      throws Exception {
    CkksContext context = keys.publicKey().context();
    double[] zeros = new double[context.parameters().slotCount()];
    Envelope envelope =
        ticket.envelopes(keys.keyId(), compiled.clientBundle().modelDigest()).get(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Plaintext plaintext = new Encoder(context).encode(zeros, level, Math.pow(2, log2Scale));
        Ciphertext answer = Encryptor.withPublicKey(context, keys.publicKey()).encrypt(plaintext)) {
      ResponseCodec.write(envelope, answer, out);
    }
    return out.toByteArray();
  }

  private static ByteArrayOutputStream keysOf(Client client) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    client.writeEvaluationKeys(bytes);
    return bytes;
  }

  private static ByteArrayInputStream input(ByteArrayOutputStream bytes) {
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Test
  void anAnswerThatOutgrowsTheModulusIsRefused() throws Exception {
    float[] bytes = TestModels.digits(0, 1).values();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] *= 255;
    }
    Tensor unscaled = Tensor.of(new int[] {1, 784}, bytes);
    assertThatThrownBy(() -> run("tenseal_cnn_square", unscaled, CompileOptions.automatic(), 1))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ANSWER_OUT_OF_RANGE));
  }

  @Test
  void aServerTypeCannotHoldASecretKey() {
    for (Field field : Server.class.getDeclaredFields()) {
      assertThat(field.getType()).isNotIn(SecretKey.class, Client.class, KeyGenerator.class);
    }
    for (Constructor<?> constructor : Server.class.getDeclaredConstructors()) {
      assertThat(constructor.getParameterTypes()).doesNotContain(SecretKey.class, Client.class);
    }
    for (Method method : Server.class.getDeclaredMethods()) {
      assertThat(Arrays.asList(method.getParameterTypes()))
          .doesNotContain(SecretKey.class, Client.class);
    }
  }

  @Test
  void nativeMemoryIsGivenBack() throws Exception {
    long before = NativeMemory.allocatedBytes();
    run("logreg_breast_cancer", TestModels.patients(), CompileOptions.automatic(), 1);
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
  }

  @Test
  void activationsThatAreNotPolynomialsAreNamed() {
    assertThatThrownBy(() -> compile("cnn_relu"))
        .isInstanceOf(PrivateInferenceException.class)
        .hasMessageContaining("RELU")
        .hasMessageContaining("node ");
  }

  private static CompiledModel compile(String name) throws Exception {
    return PrivateModel.fromOnnx(TestModels.file(name + ".onnx"))
        .compile(CompileOptions.automatic());
  }

  private static InferenceReport run(String name, Tensor rows, CompileOptions options, int threads)
      throws Exception {
    Path path = TestModels.file(name + ".onnx");
    PrivateModel model = PrivateModel.fromOnnx(path);
    try (PlainModel plain = PlainModel.open(path, model.graph())) {
      return new InferenceRunner(model, plain).runEncrypted(rows, options, threads, Progress.NONE);
    }
  }
}
