package io.silenda.he.wire;

import io.silenda.he.CkksContext;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.KeyGenerator;
import io.silenda.he.PackedEvaluationKeys;
import io.silenda.he.PackedPolynomials;
import io.silenda.he.PackedPublicKey;
import io.silenda.he.PublicKey;
import io.silenda.he.SecretKey;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Evaluation keys and their public key as bytes.
 *
 * <p>The payload is a list of (rotation step, level), four bytes each, by ascending step, where
 * step 0 stands for the relinearization key; the public key; then each key's digits: a seed, and a
 * polynomial modulo each prime up to the key's level and each special prime.
 */
public final class EvaluationKeysCodec {
  private static final int ENTRY_BYTES = 8;

  private EvaluationKeysCodec() {}

  /**
   * Length of the frame of planned keys, public key included.
   *
   * @throws IllegalArgumentException if a level or step of the plan is out of range
   */
  public static long frameBytes(CkksContext context, EvaluationKeyPlan plan) {
    return WireHeader.BYTES
        + payloadBytes(context, levels(PackedEvaluationKeys.normalized(plan, context)))
        + Digest.BYTES;
  }

  /**
   * Writes keys.
   *
   * @param modelDigest the model they are for
   */
  public static void write(ServerKeys keys, Digest modelDigest, OutputStream out)
      throws IOException {
    SortedMap<Integer, Integer> levels = levels(keys.evaluationKeys().plan());
    byte[] buffer = PublicKeyCodec.buffer(keys.evaluationKeys().context());
    FrameWriter writer = start(keys.publicKey(), levels, modelDigest, out);
    for (Map.Entry<Integer, Integer> key : levels.entrySet()) {
      writeKey(keys.evaluationKeys(), key.getKey(), key.getValue(), buffer, writer);
    }
    writer.finish();
  }

  /**
   * Makes keys and writes each before the next one is made, so that only one is ever in memory.
   * What is written is no other than what {@link #write} writes of keys made at once.
   *
   * @param modelDigest the model they are for
   * @throws IllegalArgumentException if the secret key belongs to another context than the
   *     generator, or a level or step of the plan is out of range
   */
  public static void generate(
      KeyGenerator generator,
      SecretKey secretKey,
      EvaluationKeyPlan plan,
      Digest modelDigest,
      OutputStream out)
      throws IOException {
    CkksContext context = secretKey.context();
    SortedMap<Integer, Integer> levels = levels(PackedEvaluationKeys.normalized(plan, context));
    byte[] buffer = PublicKeyCodec.buffer(context);
    try (PublicKey publicKey = generator.publicKey(secretKey)) {
      FrameWriter writer = start(publicKey, levels, modelDigest, out);
      for (Map.Entry<Integer, Integer> key : levels.entrySet()) {
        try (EvaluationKeys single = generator.evaluationKeys(secretKey, planOf(key))) {
          writeKey(single, key.getKey(), key.getValue(), buffer, writer);
        }
      }
      writer.finish();
    }
  }

  private static EvaluationKeyPlan planOf(Map.Entry<Integer, Integer> key) {
    return key.getKey() == 0
        ? new EvaluationKeyPlan(key.getValue(), new TreeMap<>())
        : new EvaluationKeyPlan(-1, new TreeMap<>(Map.of(key.getKey(), key.getValue())));
  }

  /** Writes what is before the first key. */
  private static FrameWriter start(
      PublicKey publicKey, SortedMap<Integer, Integer> levels, Digest modelDigest, OutputStream out)
      throws IOException {
    CkksContext context = publicKey.context();
    WireHeader header =
        WireHeader.ofKey(
            WireKind.EVALUATION_KEYS,
            levels.size(),
            payloadBytes(context, levels),
            ParametersCodec.digest(context),
            modelDigest,
            publicKey.keyId());
    FrameWriter writer = new FrameWriter(out, header);
    byte[] manifest = manifest(levels);
    writer.write(manifest, manifest.length);
    PublicKeyCodec.writePayload(publicKey, writer);
    return writer;
  }

  private static void writeKey(
      EvaluationKeys keys, int step, int level, byte[] buffer, FrameWriter writer)
      throws IOException {
    CkksContext context = keys.context();
    for (int digit = 0; digit < PackedPolynomials.digits(context, level); digit++) {
      PackedEvaluationKeys.seed(keys, step, digit, buffer);
      writer.write(buffer, PackedPolynomials.SEED_BYTES);
      for (int prime : PackedPolynomials.primesOfKey(context, level)) {
        PackedEvaluationKeys.get(keys, step, digit, prime, buffer);
        writer.write(buffer, PackedPolynomials.bytes(context, prime));
      }
    }
  }

  /**
   * Reads keys and requires the end of the stream behind them; the caller closes them.
   *
   * @param plan the keys that must be there, no more and no less
   * @param modelDigest the model they must be for
   * @throws IllegalArgumentException if a level or step of the plan is out of range
   */
  public static ServerKeys read(
      InputStream in, CkksContext context, EvaluationKeyPlan plan, Digest modelDigest)
      throws IOException, WireFormatException {
    EvaluationKeyPlan normalized = PackedEvaluationKeys.normalized(plan, context);
    SortedMap<Integer, Integer> levels = levels(normalized);
    FrameReader reader = new FrameReader(in, WireKind.EVALUATION_KEYS);
    WireHeader header = reader.header();
    header.requirePolynomials(2, 2, true, false);
    reader.requireParameters(context);
    reader.requireModel(modelDigest);
    requirePlan(header.keyCount() == levels.size());
    reader.requirePayload(payloadBytes(context, levels));
    requireManifest(reader, manifest(levels));
    try (PackedPublicKey publicKey = PublicKeyCodec.readPayload(reader, context, header.keyId());
        PackedEvaluationKeys keys = new PackedEvaluationKeys(context, normalized, header.keyId())) {
      readKeys(reader, context, levels, keys);
      reader.finish();
      reader.requireEnd();
      return new ServerKeys(keys.finish(), publicKey.finish());
    }
  }

  /** As {@link #read(InputStream, CkksContext, EvaluationKeyPlan, Digest)}. */
  public static ServerKeys read(
      byte[] frame, CkksContext context, EvaluationKeyPlan plan, Digest modelDigest)
      throws IOException, WireFormatException {
    return read(new ByteArrayInputStream(frame), context, plan, modelDigest);
  }

  private static void readKeys(
      FrameReader reader,
      CkksContext context,
      SortedMap<Integer, Integer> levels,
      PackedEvaluationKeys keys)
      throws IOException, WireFormatException {
    byte[] buffer = PublicKeyCodec.buffer(context);
    for (Map.Entry<Integer, Integer> key : levels.entrySet()) {
      int step = key.getKey();
      int level = key.getValue();
      for (int digit = 0; digit < PackedPolynomials.digits(context, level); digit++) {
        reader.read(buffer, PackedPolynomials.SEED_BYTES);
        keys.addDigit(step, level, buffer);
        for (int prime : PackedPolynomials.primesOfKey(context, level)) {
          reader.read(buffer, PackedPolynomials.bytes(context, prime));
          PublicKeyCodec.requireInRange(keys.set(step, digit, prime, buffer), prime);
        }
      }
    }
  }

  private static SortedMap<Integer, Integer> levels(EvaluationKeyPlan plan) {
    SortedMap<Integer, Integer> levels = new TreeMap<>(plan.rotationLevels());
    if (plan.relinearizationLevel() >= 0) {
      levels.put(0, plan.relinearizationLevel());
    }
    return levels;
  }

  private static byte[] manifest(SortedMap<Integer, Integer> levels) {
    ByteBuffer buffer = ByteBuffer.allocate(ENTRY_BYTES * levels.size());
    levels.forEach((step, level) -> buffer.putInt(step).putInt(level));
    return buffer.array();
  }

  private static long payloadBytes(CkksContext context, SortedMap<Integer, Integer> levels) {
    long bytes = (long) ENTRY_BYTES * levels.size() + PackedPolynomials.publicKeyBytes(context);
    for (int level : levels.values()) {
      bytes += PackedPolynomials.keyBytes(context, level);
    }
    return bytes;
  }

  private static void requireManifest(FrameReader reader, byte[] expected)
      throws IOException, WireFormatException {
    byte[] entry = new byte[ENTRY_BYTES];
    ByteBuffer planned = ByteBuffer.wrap(expected);
    while (planned.hasRemaining()) {
      reader.read(entry, entry.length);
      requirePlan(ByteBuffer.wrap(entry).getLong() == planned.getLong());
    }
  }

  private static void requirePlan(boolean asPlanned) throws WireFormatException {
    if (!asPlanned) {
      throw new WireFormatException(
          Reason.OTHER_KEY_PLAN, "it holds other keys than the model needs");
    }
  }
}
