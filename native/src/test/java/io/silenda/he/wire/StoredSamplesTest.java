package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.Plaintext;
import io.silenda.he.PublicKey;
import io.silenda.he.SealEvaluator;
import io.silenda.he.SecretKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Frames that version 1 wrote, which every later version must read and compute with. {@link #main}
 * wrote them, once.
 */
class StoredSamplesTest {
  private static final String FOLDER = "/wire/v1/";
  private static final CkksParameters PARAMETERS = CkksParameters.of(4096, List.of(30, 25), 30);
  private static final EvaluationKeyPlan PLAN = WireFixture.plan(0, Map.of(1, 1));
  private static final double SCALE = 0x1p22;
  private static final double[] VALUES = {1, -2, 3, 0.5};

  /** Of noise at the small scales that these short primes leave; another key gives thousands. */
  private static final double TOLERANCE = 0.5;

  private static CkksContext context;
  private static SecretKey secretKey;

  @BeforeAll
  static void open() throws Exception {
    ReceivedParameters parameters = ParametersCodec.read(sample("parameters"));
    assertThat(parameters.parameters()).isEqualTo(PARAMETERS);
    context = parameters.createContext();
    secretKey = SecretKeyCodec.read(sample("secret-key"), context, WireFixture.MODEL);
  }

  @AfterAll
  static void close() {
    secretKey.close();
    context.close();
  }

  @Test
  void theRequestDecrypts() throws Exception {
    try (ReceivedRequest request = request()) {
      assertThat(request.envelope().rows()).isEqualTo(4);
      assertDecrypts(request.ciphertext(), VALUES);
    }
  }

  @Test
  void theResponseAnswersTheRequest() throws Exception {
    try (ReceivedRequest request = request();
        Ciphertext response = ResponseCodec.read(sample("response"), context, request.envelope())) {
      assertThat(response.level()).isZero();
      assertDecrypts(response, VALUES);
    }
  }

  @Test
  void theRoundedResponseAnswersTheRequest() throws Exception {
    try (ReceivedRequest request = request();
        Ciphertext response =
            ResponseCodec.read(sample("rounded-response"), context, request.envelope())) {
      assertDecrypts(response, VALUES);
    }
  }

  @Test
  void theEvaluationKeysRotateAndRelinearize() throws Exception {
    SealEvaluator evaluator = new SealEvaluator(context);
    try (ServerKeys keys =
            EvaluationKeysCodec.read(sample("evaluation-keys"), context, PLAN, WireFixture.MODEL);
        ReceivedRequest request = request();
        Ciphertext rotated = evaluator.rotate(request.ciphertext(), 1, keys.evaluationKeys());
        Ciphertext low = encrypted(Encryptor.symmetric(context, secretKey), 0x1p14);
        Ciphertext square = evaluator.square(low);
        Ciphertext relinearized = evaluator.relinearize(square, keys.evaluationKeys())) {
      assertThat(keys.keyId()).isEqualTo(secretKey.keyId());
      assertDecrypts(rotated, new double[] {-2, 3, 0.5, 0});
      assertDecrypts(relinearized, new double[] {1, 4, 9, 0.25});
    }
  }

  @Test
  void thePublicKeyEncrypts() throws Exception {
    try (PublicKey key = PublicKeyCodec.read(sample("public-key"), context, WireFixture.MODEL);
        Ciphertext ciphertext = encrypted(Encryptor.withPublicKey(context, key), SCALE)) {
      assertThat(key.keyId()).isEqualTo(secretKey.keyId());
      assertDecrypts(ciphertext, VALUES);
    }
  }

  private static Ciphertext encrypted(Encryptor encryptor, double scale) {
    try (Plaintext plaintext = new Encoder(context).encode(VALUES, 0, scale)) {
      return encryptor.encrypt(plaintext);
    }
  }

  private static ReceivedRequest request() throws IOException, WireFormatException {
    ExpectedRequest expected =
        new ExpectedRequest(secretKey.keyId(), WireFixture.MODEL, 1, SCALE, 4, 1);
    return RequestCodec.read(sample("request"), context, expected);
  }

  private static void assertDecrypts(Ciphertext ciphertext, double[] expected) {
    double[] decrypted = new Decryptor(context, secretKey).decrypt(ciphertext);
    for (int i = 0; i < expected.length; i++) {
      assertThat(decrypted[i]).isBetween(expected[i] - TOLERANCE, expected[i] + TOLERANCE);
    }
  }

  private static byte[] sample(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            StoredSamplesTest.class.getResourceAsStream(FOLDER + name + ".frame"), name)) {
      return in.readAllBytes();
    }
  }

  /** Writes samples of the current version into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    try (WireFixture he = new WireFixture(PARAMETERS);
        ServerKeys keys = he.serverKeys(PLAN.relinearizationLevel(), PLAN.rotationLevels());
        Ciphertext request = he.encrypt(VALUES, 1, SCALE);
        Ciphertext response = he.encrypt(VALUES, 0, SCALE)) {
      Envelope envelope = he.envelope(4);
      write(folder, "parameters", he.parametersFrame());
      write(folder, "secret-key", he.secretKeyFrame());
      write(folder, "public-key", he.publicKeyFrame());
      write(
          folder,
          "evaluation-keys",
          WireFixture.bytes(out -> EvaluationKeysCodec.write(keys, WireFixture.MODEL, out)));
      write(
          folder, "request", WireFixture.bytes(out -> RequestCodec.write(envelope, request, out)));
      write(
          folder,
          "response",
          WireFixture.bytes(out -> ResponseCodec.write(envelope, response, out)));
      write(
          folder,
          "rounded-response",
          WireFixture.bytes(out -> ResponseCodec.writeRounded(envelope, response, 6, out)));
    }
  }

  private static void write(Path folder, String name, byte[] frame) throws IOException {
    Files.write(folder.resolve(name + ".frame"), frame);
  }
}
