package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.NativeMemory;
import io.silenda.he.Plaintext;
import io.silenda.he.PublicKey;
import io.silenda.he.SecretKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read, and works as before. */
class RoundTripTest {
  private static final double[] VALUES = {1, -2, 3, 0.5, 1e-3};

  static Stream<CkksParameters> parameters() {
    return Stream.of(
        WireFixture.DEGREE_4096,
        WireFixture.DEGREE_8192,
        WireFixture.DEGREE_16384,
        WireFixture.HYBRID);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void requests(CkksParameters parameters) throws Exception {
    try (WireFixture he = new WireFixture(parameters)) {
      for (int level = 0; level <= he.maxLevel(); level++) {
        Envelope envelope = he.envelope(7);
        try (Ciphertext sent = he.encrypt(VALUES, level, WireFixture.SCALE)) {
          byte[] frame = WireFixture.bytes(out -> RequestCodec.write(envelope, sent, out));
          assertThat(frame).hasSize((int) RequestCodec.frameBytes(he.context, level, true));
          try (ReceivedRequest request =
              RequestCodec.read(frame, he.context, he.expected(level, WireFixture.SCALE))) {
            assertThat(request.envelope()).isEqualTo(envelope);
            assertSame(he, request.ciphertext(), sent);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void responsesOfTwoAndThreePolynomials(CkksParameters parameters) throws Exception {
    try (WireFixture he = new WireFixture(parameters)) {
      for (int level = 0; level <= he.maxLevel(); level++) {
        try (Ciphertext fresh = he.encrypt(VALUES, level, 0x1p15);
            Ciphertext square = he.evaluator.square(fresh)) {
          assertResponse(he, fresh, 2);
          assertResponse(he, square, 3);
        }
      }
    }
  }

  private static void assertResponse(WireFixture he, Ciphertext sent, int size) throws Exception {
    Envelope envelope = he.envelope(1);
    byte[] frame = WireFixture.bytes(out -> ResponseCodec.write(envelope, sent, out));
    assertThat(frame).hasSize((int) ResponseCodec.frameBytes(he.context, sent.level(), size));
    try (Ciphertext read = ResponseCodec.read(frame, he.context, envelope)) {
      assertSame(he, read, sent);
    }
  }

  private static void assertSame(WireFixture he, Ciphertext actual, Ciphertext expected) {
    assertThat(actual.level()).isEqualTo(expected.level());
    assertThat(actual.scale()).isEqualTo(expected.scale());
    assertThat(actual.size()).isEqualTo(expected.size());
    assertThat(he.decrypt(actual)).isEqualTo(he.decrypt(expected));
  }

  @Test
  void aRequestThatIsNoFreshSymmetricEncryptionIsSentInFull() throws Exception {
    try (WireFixture he = new WireFixture(WireFixture.DEGREE_4096);
        Ciphertext fresh = he.encrypt(VALUES, 1, WireFixture.SCALE);
        Ciphertext negated = he.evaluator.negate(fresh)) {
      byte[] frame = WireFixture.bytes(out -> RequestCodec.write(he.envelope(1), negated, out));
      assertThat(frame).hasSize((int) RequestCodec.frameBytes(he.context, 1, false));
      try (ReceivedRequest read =
          RequestCodec.read(frame, he.context, he.expected(1, WireFixture.SCALE))) {
        assertSame(he, read.ciphertext(), negated);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void evaluationKeysComputeAsBefore(CkksParameters parameters) throws Exception {
    try (WireFixture he = new WireFixture(parameters)) {
      int top = he.maxLevel();
      EvaluationKeyPlan plan = WireFixture.plan(top - 1, Map.of(1, top, -5, 0, 7, 1));
      try (ServerKeys made = he.serverKeys(plan.relinearizationLevel(), plan.rotationLevels())) {
        byte[] frame =
            WireFixture.bytes(out -> EvaluationKeysCodec.write(made, WireFixture.MODEL, out));
        assertThat(frame).hasSize((int) EvaluationKeysCodec.frameBytes(he.context, plan));
        try (ServerKeys read =
            EvaluationKeysCodec.read(frame, he.context, plan, WireFixture.MODEL)) {
          assertThat(read.keyId()).isEqualTo(he.secretKey.keyId());
          assertThat(read.evaluationKeys().plan()).isEqualTo(made.evaluationKeys().plan());
          assertThat(read.evaluationKeys().nativeBytes())
              .isEqualTo(made.evaluationKeys().nativeBytes());
          assertSameKeys(he, read, made, top);
          assertThat(
                  WireFixture.bytes(out -> EvaluationKeysCodec.write(read, WireFixture.MODEL, out)))
              .isEqualTo(frame);
        }
      }
    }
  }

  private static void assertSameKeys(WireFixture he, ServerKeys read, ServerKeys made, int top) {
    for (int[] stepAndLevel : new int[][] {{1, top}, {1, 0}, {-5, 0}, {7, 1}, {7, 0}}) {
      try (Ciphertext fresh = he.encrypt(VALUES, stepAndLevel[1], WireFixture.SCALE);
          Ciphertext expected = he.evaluator.rotate(fresh, stepAndLevel[0], made.evaluationKeys());
          Ciphertext actual = he.evaluator.rotate(fresh, stepAndLevel[0], read.evaluationKeys())) {
        assertSame(he, actual, expected);
      }
    }
    try (Ciphertext fresh = he.encrypt(VALUES, top - 1, 0x1p15);
        Ciphertext square = he.evaluator.square(fresh);
        Ciphertext expected = he.evaluator.relinearize(square, made.evaluationKeys());
        Ciphertext actual = he.evaluator.relinearize(square, read.evaluationKeys())) {
      assertSame(he, actual, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void publicKeysEncryptAsBefore(CkksParameters parameters) throws Exception {
    try (WireFixture he = new WireFixture(parameters);
        PublicKey key = PublicKeyCodec.read(he.publicKeyFrame(), he.context, WireFixture.MODEL);
        Plaintext plaintext = new Encoder(he.context).encode(VALUES, 0, WireFixture.SCALE);
        Ciphertext ciphertext = Encryptor.withPublicKey(he.context, key).encrypt(plaintext)) {
      assertThat(key.keyId()).isEqualTo(he.secretKey.keyId());
      double[] decrypted = he.decrypt(ciphertext);
      for (int i = 0; i < VALUES.length; i++) {
        assertThat(decrypted[i]).isCloseTo(VALUES[i], Offset.offset(1e-2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void secretKeysDecryptAsBefore(CkksParameters parameters) throws Exception {
    try (WireFixture he = new WireFixture(parameters);
        SecretKey read = SecretKeyCodec.read(he.secretKeyFrame(), he.context, WireFixture.MODEL);
        Ciphertext ciphertext = he.encrypt(VALUES, he.maxLevel(), WireFixture.SCALE)) {
      assertThat(read.keyId()).isEqualTo(he.secretKey.keyId());
      assertThat(new Decryptor(he.context, read).decrypt(ciphertext))
          .isEqualTo(he.decrypt(ciphertext));
      assertThat(he.secretKeyFrame())
          .hasSize(WireHeader.BYTES + parameters.polyModulusDegree() / 4 + Digest.BYTES)
          .isEqualTo(SecretKeyCodec.write(read, WireFixture.MODEL));
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void parametersMakeTheSameContext(CkksParameters parameters) throws Exception {
    try (WireFixture he = new WireFixture(parameters)) {
      ReceivedParameters read = ParametersCodec.read(he.parametersFrame());
      assertThat(read.parameters()).isEqualTo(parameters);
      try (CkksContext context = read.createContext()) {
        assertThat(context.dataPrimes()).isEqualTo(he.context.dataPrimes());
        assertThat(context.specialPrimes()).isEqualTo(he.context.specialPrimes());
      }
    }
  }

  @Test
  void requestsAndResponsesOfSeveralParts() throws Exception {
    long before = NativeMemory.allocatedBytes();
    try (WireFixture he = new WireFixture(WireFixture.DEGREE_4096)) {
      RequestId id = RequestId.random();
      List<Envelope> envelopes =
          Stream.of(0, 1, 2)
              .map(
                  i ->
                      new Envelope(
                          he.secretKey.keyId(), WireFixture.MODEL, id, i == 2 ? 5 : 64, i, 3))
              .toList();
      ByteArrayOutputStream requests = new ByteArrayOutputStream();
      for (Envelope envelope : envelopes) {
        requests.writeBytes(he.requestFrame(envelope, 1));
      }
      RequestReader reader =
          new RequestReader(
              new ByteArrayInputStream(requests.toByteArray()),
              he.context,
              he.expected(1, WireFixture.SCALE));
      ByteArrayOutputStream responses = new ByteArrayOutputStream();
      while (reader.hasNext()) {
        try (ReceivedRequest part = reader.next()) {
          ResponseCodec.write(part.envelope(), part.ciphertext(), responses);
        }
      }
      ResponseReader answers =
          new ResponseReader(
              new ByteArrayInputStream(responses.toByteArray()), he.context, envelopes);
      int parts = 0;
      while (answers.hasNext()) {
        answers.next().close();
        parts++;
      }
      assertThat(parts).isEqualTo(3);
    }
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
  }
}
