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
  private final NativeHandle handle;
  private final long seededSizeBytes;

  EvaluationKeys(CkksContext context, EvaluationKeyPlan plan, long pointer) {
    this.context = context;
    this.plan = plan;
    this.handle =
        NativeHandle.own(
            "EvaluationKeys",
            pointer,
            KeyNatives.evaluationKeyBytes(pointer),
            KeyNatives::freeEvaluationKeys);
    this.seededSizeBytes = handle.use(KeyNatives::evaluationKeySeededBytes);
  }

  /**
   * Bytes the keys take to send as 64-bit words: for each digit that is held one polynomial modulo
   * all primes, and the seed that the other polynomial expands from.
   */
  public long seededSizeBytes() {
    return seededSizeBytes;
  }

  /** Native memory the expanded keys hold. */
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

  CkksContext context() {
    return context;
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
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
