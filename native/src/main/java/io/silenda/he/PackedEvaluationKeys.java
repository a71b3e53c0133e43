package io.silenda.he;

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

  /**
   * Starts keys of which none is there yet; native memory is taken digit by digit.
   *
   * @param plan which keys will be set, as {@link #normalized} gives it
   */
  public PackedEvaluationKeys(CkksContext context, EvaluationKeyPlan plan, KeyId keyId) {
    this.context = context;
    this.plan = plan;
    this.keyId = keyId;
    this.handle =
        context.use(
            pointer ->
                NativeHandle.own(
                    "PackedEvaluationKeys",
                    WireNatives.newArrivingKeys(pointer),
                    0,
                    WireNatives::freeArrivingKeys));
  }

  /**
   * A plan with all steps in 1..slots-1.
   *
   * @throws IllegalArgumentException if a level or step is out of range
   */
  public static EvaluationKeyPlan normalized(EvaluationKeyPlan plan, CkksContext context) {
    return plan.normalizedFor(context);
  }

  /**
   * Appends the next digit of a key and expands its second polynomial from the seed. Digits of one
   * key come one after the other.
   */
  public void addDigit(int step, int level, byte[] seed) {
    Borrowing.run(
        handle,
        pointer -> {
          WireNatives.addDigit(pointer, step, level, seed);
          handle.recount(() -> WireNatives.arrivingKeyBytes(pointer));
        });
  }

  /**
   * Sets the first polynomial of a digit modulo one prime from the first bytes of an array; the
   * digit is one of the key that came last.
   *
   * @return false if a residue is not below the prime; the keys must then be dropped
   */
  public boolean set(int step, int digit, int prime, byte[] packed) {
    return handle.use(pointer -> WireNatives.unpackDigit(pointer, step, digit, prime, packed));
  }

  /** The keys, once all digits of the plan are set; the caller closes them. */
  public EvaluationKeys finish() {
    return handle.use(
        pointer -> {
          NativeHandle keys = EvaluationKeys.own(WireNatives.finishKeys(pointer));
          handle.recount(() -> WireNatives.arrivingKeyBytes(pointer));
          return new EvaluationKeys(context, plan, keyId, keys);
        });
  }

  /** Frees what was set and not finished. */
  @Override
  public void close() {
    handle.close();
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
