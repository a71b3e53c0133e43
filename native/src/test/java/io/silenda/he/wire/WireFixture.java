package io.silenda.he.wire;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.Evaluator;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.SealEvaluator;
import io.silenda.he.SecretKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A context with a secret key, and shorthands for frames. */
final class WireFixture implements AutoCloseable {
  static final CkksParameters DEGREE_4096 = CkksParameters.of(4096, List.of(36, 34), 36);
  static final CkksParameters DEGREE_8192 =
      CkksParameters.of(8192, List.of(47, 32, 34, 22, 29), 50);
  static final CkksParameters DEGREE_16384 =
      CkksParameters.of(16384, List.of(50, 40, 40, 40, 40, 40), 50);
  static final CkksParameters HYBRID =
      CkksParameters.of(8192, List.of(48, 42, 34), List.of(44, 46));
  static final Digest MODEL = Digest.sha256(new byte[] {1, 2, 3});
  static final double SCALE = 0x1p25;

  final CkksContext context;
  final SecretKey secretKey;
  final Evaluator evaluator;

  WireFixture(CkksParameters parameters) {
    context = CkksContext.create(parameters);
    try (KeyGenerator generator = new KeyGenerator(context)) {
      secretKey = generator.secretKey();
    }
    evaluator =
        parameters.specialPrimeBits().size() > 1
            ? new AcceleratedEvaluator(context)
            : new SealEvaluator(context);
  }

  int maxLevel() {
    return context.parameters().maxLevel();
  }

  Ciphertext encrypt(double[] values, int level, double scale) {
    try (Plaintext plaintext = new Encoder(context).encode(values, level, scale)) {
      return Encryptor.symmetric(context, secretKey).encrypt(plaintext);
    }
  }

  double[] decrypt(Ciphertext ciphertext) {
    return new Decryptor(context, secretKey).decrypt(ciphertext);
  }

  ServerKeys serverKeys(int relinearizationLevel, Map<Integer, Integer> rotationLevels) {
    try (KeyGenerator generator = new KeyGenerator(context)) {
      return new ServerKeys(
          generator.evaluationKeys(secretKey, plan(relinearizationLevel, rotationLevels)),
          generator.publicKey(secretKey));
    }
  }

  static EvaluationKeyPlan plan(int relinearizationLevel, Map<Integer, Integer> rotationLevels) {
    return new EvaluationKeyPlan(relinearizationLevel, new TreeMap<>(rotationLevels));
  }

  Envelope envelope(int rows) {
    return Envelope.ofSinglePart(secretKey.keyId(), MODEL, rows);
  }

  ExpectedRequest expected(int level, double scale) {
    return new ExpectedRequest(secretKey.keyId(), MODEL, level, scale, 64, 8);
  }

  byte[] requestFrame(Envelope envelope, int level) {
    try (Ciphertext ciphertext = encrypt(new double[] {1, -2, 3}, level, SCALE)) {
      return bytes(out -> RequestCodec.write(envelope, ciphertext, out));
    }
  }

  byte[] responseFrame(Envelope envelope, int level) {
    try (Ciphertext ciphertext = encrypt(new double[] {1, -2, 3}, level, SCALE)) {
      return bytes(out -> ResponseCodec.write(envelope, ciphertext, out));
    }
  }

  byte[] roundedResponseFrame(Envelope envelope, int droppedBits) {
    try (Ciphertext ciphertext = encrypt(new double[] {1, -2, 3}, 0, SCALE)) {
      return bytes(out -> ResponseCodec.writeRounded(envelope, ciphertext, droppedBits, out));
    }
  }

  byte[] keysFrame(int relinearizationLevel, Map<Integer, Integer> rotationLevels) {
    try (ServerKeys keys = serverKeys(relinearizationLevel, rotationLevels)) {
      return bytes(out -> EvaluationKeysCodec.write(keys, MODEL, out));
    }
  }

  byte[] publicKeyFrame() {
    try (ServerKeys keys = serverKeys(-1, Map.of())) {
      return bytes(out -> PublicKeyCodec.write(keys.publicKey(), MODEL, out));
    }
  }

  byte[] secretKeyFrame() {
    return SecretKeyCodec.write(secretKey, MODEL);
  }

  byte[] parametersFrame() {
    return bytes(out -> ParametersCodec.write(context, out));
  }

  /** Something that writes a frame. */
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** As somebody who changes a frame on purpose does. */
  static byte[] withDigest(byte[] frame) {
    byte[] result = frame.clone();
    int length = result.length - Digest.BYTES;
    byte[] digest = Digest.sha256(Arrays.copyOf(result, length)).toBytes();
    ByteBuffer.wrap(result).position(length).put(digest);
    return result;
  }

  static byte[] flipped(byte[] frame, long bit) {
    byte[] result = frame.clone();
    result[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    return result;
  }

  @Override
  public void close() {
    secretKey.close();
    context.close();
  }
}
