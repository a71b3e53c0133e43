package io.silenda.he;

import io.silenda.he.internal.KeyNatives;
import io.silenda.he.internal.NativeHandle;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * Relinearization and rotation keys for exactly what was planned. They let a server compute and
 * decrypt nothing. Thread-safe; whoever obtained them closes them.
 */
public final class EvaluationKeys implements AutoCloseable {
  private final CkksContext context;
  private final EvaluationKeyPlan plan;
  private final KeyId keyId;
  private final NativeHandle handle;

  EvaluationKeys(CkksContext context, EvaluationKeyPlan plan, KeyId keyId, NativeHandle handle) {
    this.context = context;
    this.plan = plan;
    this.keyId = keyId;
    this.handle = handle;
  }

  static NativeHandle own(long pointer) {
    return NativeHandle.own(
        "EvaluationKeys",
        pointer,
        KeyNatives.evaluationKeyBytes(pointer),
        KeyNatives::freeEvaluationKeys);
  }

  /** Name of the secret key they belong to. */
  public KeyId keyId() {
    return keyId;
  }

  /** The context they belong to. */
  public CkksContext context() {
    return context;
  }

  /**
   * Bytes the keys take to send: for each digit one bit-packed polynomial modulo the primes that
   * the key's level needs, and the seed that the other polynomial expands from.
   */
  public long seededSizeBytes() {
    long bytes = 0;
    if (plan.relinearizationLevel() >= 0) {
      bytes += PackedPolynomials.keyBytes(context, plan.relinearizationLevel());
    }
    for (int level : plan.rotationLevels().values()) {
      bytes += PackedPolynomials.keyBytes(context, level);
    }
    return bytes;
  }

  /**
   * Native memory the expanded keys hold. A key that {@link SealEvaluator} has used is there in
   * SEAL's form, too, which takes about twice as much as ours.
   */
  public long nativeBytes() {
    return handle.bytes();
  }

  /** Steps that can be rotated by, in 1..slots-1; a negative step k counts as slots + k. */
  public SortedSet<Integer> rotationSteps() {
    return new TreeSet<>(plan.rotationLevels().keySet());
  }

  /** The plan these keys were made for, with all steps in 1..slots-1. */
  public EvaluationKeyPlan plan() {
    return plan;
  }

  @Override
  public void close() {
    handle.close();
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }

  /** As use, for a call that may make SEAL's form of some keys. */
  <T> T useRecounted(LongFunction<T> borrower) {
    return handle.use(
        pointer -> {
          try {
            return borrower.apply(pointer);
          } finally {
            handle.recount(() -> KeyNatives.evaluationKeyBytes(pointer));
          }
        });
  }

  void requireRelinearization(int level) {
    if (plan.relinearizationLevel() < 0) {
      throw new IllegalArgumentException("no relinearization key was planned");
    }
    if (level > plan.relinearizationLevel()) {
      throw new IllegalArgumentException(
          "the relinearization key is limited to level "
              + plan.relinearizationLevel()
              + ", the ciphertext is at level "
              + level);
    }
  }

  void requireRotation(int normalizedStep, int level) {
    Integer limit = plan.rotationLevels().get(normalizedStep);
    if (limit == null) {
      throw new IllegalArgumentException(
          "no rotation key for step "
              + normalizedStep
              + "; planned steps are "
              + plan.rotationLevels().keySet());
    }
    if (level > limit) {
      throw new IllegalArgumentException(
          "the rotation key for step "
              + normalizedStep
              + " is limited to level "
              + limit
              + ", the ciphertext is at level "
              + level);
    }
  }
}
