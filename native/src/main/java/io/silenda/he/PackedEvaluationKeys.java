package io.silenda.he;

import io.silenda.he.internal.KeyNatives;
import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.WireNatives;

/**
 * Takes evaluation keys apart into seeds and bit-packed polynomials and puts them together again.
 * Step 0 names the relinearization key, every other step a rotation key. Applications use {@code
 * io.silenda.he.wire}. Not thread-safe; close it whether or not it was finished.
 */
public final class PackedEvaluationKeys implements AutoCloseable {
  private final CkksContext context;
  private final EvaluationKeyPlan plan;
  private final KeyId keyId;
  private final NativeHandle handle;
  private boolean finished;

  /**
   * Starts keys of which none is there yet; native memory is taken digit by digit.
   *
   * @param plan which keys will be set, as {@link #normalized} gives it
   */
  public PackedEvaluationKeys(CkksContext context, EvaluationKeyPlan plan, KeyId keyId) {
    this.context = context;
    this.plan = plan;
    this.keyId = keyId;
    long bytes = nativeBytes(context, plan);
    this.handle =
        context.use(
            pointer ->
                NativeHandle.own(
                    "EvaluationKeys",
                    WireNatives.newEvaluationKeys(pointer),
                    bytes,
                    KeyNatives::freeEvaluationKeys));
  }

  private static long nativeBytes(CkksContext context, EvaluationKeyPlan plan) {
    int relinearization = plan.relinearizationLevel();
    long digits = relinearization < 0 ? 0 : PackedPolynomials.digits(context, relinearization);
    for (int level : plan.rotationLevels().values()) {
      digits += PackedPolynomials.digits(context, level);
    }
    return digits
        * 2
        * PackedPolynomials.primes(context)
        * context.parameters().polyModulusDegree()
        * Long.BYTES;
  }

  /**
   * A plan with all steps in 1..slots-1.
   *
   * @throws IllegalArgumentException if a level or step is out of range
   */
  public static EvaluationKeyPlan normalized(EvaluationKeyPlan plan, CkksContext context) {
    return plan.normalizedFor(context);
  }

  /** Appends the next digit of a key and expands its second polynomial from the seed. */
  public void addDigit(int step, int level, byte[] seed) {
    Borrowing.run(handle, pointer -> WireNatives.addDigit(pointer, step, level, seed));
  }

  /**
   * Sets the first polynomial of a digit modulo one prime from the first bytes of an array.
   *
   * @return false if a residue is not below the prime; the keys must then be dropped
   */
  public boolean set(int step, int digit, int prime, byte[] packed) {
    return handle.use(pointer -> WireNatives.unpackDigit(pointer, step, digit, prime, packed));
  }

  /** The keys, once all digits of the plan are set; the caller closes them. */
  public EvaluationKeys finish() {
    EvaluationKeys result = new EvaluationKeys(context, plan, keyId, handle);
    finished = true;
    return result;
  }

  /** Frees the keys unless they were finished. */
  @Override
  public void close() {
    if (!finished) {
      handle.close();
    }
  }

  /** Copies the seed of a digit's second polynomial. */
  public static void seed(EvaluationKeys keys, int step, int digit, byte[] destination) {
    Borrowing.run(keys::use, pointer -> WireNatives.digitSeed(pointer, step, digit, destination));
  }

  /** Packs a digit's first polynomial modulo one prime into the first bytes of an array. */
  public static void get(EvaluationKeys keys, int step, int digit, int prime, byte[] destination) {
    Borrowing.run(
        keys::use, pointer -> WireNatives.packDigit(pointer, step, digit, prime, destination));
  }
}
