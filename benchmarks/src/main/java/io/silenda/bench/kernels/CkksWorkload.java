package io.silenda.bench.kernels;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.KeyGenerator;
import io.silenda.he.LinearTransform;
import io.silenda.he.Plaintext;
import io.silenda.he.Polynomial;
import io.silenda.he.SealClientProfile;
import io.silenda.he.SecretKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * A context with keys and operands at its top level, for one thread. Whoever opened it closes it.
 */
public final class CkksWorkload implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final Preset preset;
  private final Random random = new Random(1);
  private final Encoder encoder;
  private final Encryptor encryptor;
  private final SecretKey secretKey;
  private final double[] values;
  private final Plaintext plaintext;
  private final Ciphertext left;
  private final Ciphertext right;
  final CkksContext context;
  final EvaluationKeys keys;
  final Decryptor decryptor;

  private CkksWorkload(Preset preset, SortedMap<Integer, Integer> rotationLevels) {
    this.preset = preset;
    this.context = own(CkksContext.create(preset.parameters()));
    KeyGenerator generator = own(new KeyGenerator(context));
    this.secretKey = own(generator.secretKey());
    this.keys =
        own(generator.evaluationKeys(secretKey, new EvaluationKeyPlan(maxLevel(), rotationLevels)));
    this.encoder = new Encoder(context);
    this.encryptor = Encryptor.symmetric(context, secretKey);
    this.decryptor = new Decryptor(context, secretKey);
    this.values = randomValues(1);
    this.plaintext = own(encoder.encode(values, maxLevel(), preset.scale()));
    this.left = own(encryptor.encrypt(plaintext));
    this.right = encrypt(randomValues(1), maxLevel(), preset.scale());
  }

  /**
   * Makes keys for relinearization at the top level and for rotations.
   *
   * @param rotationLevels rotation step to highest level
   */
  public static CkksWorkload open(Preset preset, SortedMap<Integer, Integer> rotationLevels) {
    return new CkksWorkload(preset, rotationLevels);
  }

  int maxLevel() {
    return preset.parameters().maxLevel();
  }

  private int slots() {
    return preset.parameters().slotCount();
  }

  /** An evaluator of its context. */
  public Evaluator evaluator(Implementation implementation) {
    return implementation.evaluator(context);
  }

  /** Uniform in -bound..bound, one a slot; the same sequence in each workload. */
  private double[] randomValues(double bound) {
    return random.doubles(slots(), -bound, bound).toArray();
  }

  /** Closed with the workload. */
  Ciphertext encrypt(double[] slots, int level, double scale) {
    try (Plaintext encoded = encoder.encode(slots, level, scale)) {
      return own(encryptor.encrypt(encoded));
    }
  }

  /** Closed with the workload. */
  LinearTransform own(LinearTransform.Builder builder) {
    return own(builder.build());
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  /** The first operand, rotated; the caller closes the result, as of all that follow. */
  public Ciphertext rotate(Evaluator evaluator, int step) {
    return evaluator.rotate(left, step, keys);
  }

  /** Product of both operands, back to two polynomials, one level down. */
  public Ciphertext multiplyRelinearizeRescale(Evaluator evaluator) {
    try (Ciphertext product = evaluator.multiply(left, right);
        Ciphertext relinearized = evaluator.relinearize(product, keys)) {
      return evaluator.rescale(relinearized);
    }
  }

  /** The square of the first operand. */
  public Ciphertext squareRelinearizeRescale(Evaluator evaluator) {
    return evaluator.squareRelinearizeRescale(left, keys);
  }

  /** The first operand one level down. */
  public Ciphertext rescale(Evaluator evaluator) {
    return evaluator.rescale(left);
  }

  /** The first operand times a plaintext. */
  public Ciphertext multiplyPlain(Evaluator evaluator) {
    return evaluator.multiplyPlain(left, plaintext);
  }

  /** The sum of both operands. */
  public Ciphertext add(Evaluator evaluator) {
    return evaluator.add(left, right);
  }

  /** A transform of the first operand. */
  public Ciphertext apply(Evaluator evaluator, LinearTransform transform) {
    return evaluator.apply(transform, left, keys);
  }

  /** A polynomial of the first operand. */
  public Ciphertext evaluate(Evaluator evaluator, Polynomial polynomial) {
    return evaluator.evaluate(polynomial, left, keys, preset.scale());
  }

  /** The first values as a plaintext at the top level. */
  public Plaintext encode() {
    return encoder.encode(values, maxLevel(), preset.scale());
  }

  /** A fresh encryption of that plaintext. */
  public Ciphertext encrypt() {
    return encryptor.encrypt(plaintext);
  }

  /** The slots of that plaintext. */
  public double[] decode() {
    return encoder.decode(plaintext);
  }

  /** The slots of the first operand. */
  public double[] decrypt() {
    return decryptor.decrypt(left);
  }

  /** SEAL's own code for a client; the caller closes it, before the workload. */
  public SealClientProfile sealClient() {
    return SealClientProfile.create(context, secretKey, values, maxLevel(), preset.scale());
  }

  /**
   * Rotations by 1 to count times random plaintexts, added up: one decomposition serves them all.
   * Closed with the workload.
   */
  public LinearTransform hoistedRotations(int count) {
    double plaintextScale = Math.scalb(1.0, 20);
    LinearTransform.Builder builder =
        LinearTransform.builder(context, maxLevel(), preset.scale(), plaintextScale);
    for (int step = 1; step <= count; step++) {
      builder.diagonal(0, step, randomValues(1));
    }
    return own(builder);
  }

  /**
   * Decrypts the first operand.
   *
   * @throws IllegalStateException if a slot is not what was encrypted
   */
  public void requireRoundTrip() {
    double[] decrypted = decrypt();
    for (int slot = 0; slot < decrypted.length; slot++) {
      if (!(Math.abs(decrypted[slot] - values[slot]) < 1e-3)) {
        throw new IllegalStateException("slot " + slot + " does not come back");
      }
    }
  }

  /**
   * Runs an operation on both implementations and compares what they decrypt to.
   *
   * @throws IllegalStateException if a slot differs by more than the tolerance
   */
  public void requireAgreement(
      String operation, double tolerance, Function<Evaluator, Ciphertext> run) {
    double[] expected = decrypted(run, Implementation.SEAL);
    double[] actual = decrypted(run, Implementation.SILENDA);
    for (int slot = 0; slot < expected.length; slot++) {
      if (!(Math.abs(actual[slot] - expected[slot]) <= tolerance)) {
        throw new IllegalStateException(
            operation
                + ": slot "
                + slot
                + " differs by "
                + Math.abs(actual[slot] - expected[slot]));
      }
    }
  }

  private double[] decrypted(Function<Evaluator, Ciphertext> run, Implementation implementation) {
    try (Ciphertext result = run.apply(evaluator(implementation))) {
      return decryptor.decrypt(result);
    }
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
