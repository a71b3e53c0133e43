package io.silenda.he;

import io.silenda.he.internal.KeyNatives;
import java.util.Collection;

/**
 * Makes keys from the operating system's randomness. Thread-safe. It holds no native memory of its
 * own; closing it only ends its use.
 */
public final class KeyGenerator implements AutoCloseable {
  private final CkksContext context;
  private volatile boolean closed;

  /** Creates a generator of keys for a context. */
  public KeyGenerator(CkksContext context) {
    this.context = context;
  }

  /** A fresh uniformly ternary secret key with a fresh id; the caller closes it. */
  public SecretKey secretKey() {
    requireOpen();
    return context.use(
        pointer -> new SecretKey(context, KeyId.random(), KeyNatives.generateSecretKey(pointer)));
  }

  /**
   * A public key of a secret key; the caller closes it.
   *
   * @throws IllegalArgumentException if the secret key belongs to another context
   */
  public PublicKey publicKey(SecretKey secretKey) {
    requireOpen();
    context.requireOwn("secretKey", secretKey.context());
    return context.use(
        unused ->
            secretKey.use(
                secret ->
                    new PublicKey(
                        context,
                        secretKey.keyId(),
                        PublicKey.own(KeyNatives.generatePublicKey(secret)))));
  }

  /**
   * The planned evaluation keys of a secret key; the caller closes them.
   *
   * @throws IllegalArgumentException if the secret key belongs to another context, a level is not
   *     in 0..maxLevel or a step not in 1-slots..slots-1
   */
  public EvaluationKeys evaluationKeys(SecretKey secretKey, EvaluationKeyPlan plan) {
    requireOpen();
    context.requireOwn("secretKey", secretKey.context());
    EvaluationKeyPlan normalized = plan.normalizedFor(context);
    int[] steps = toInts(normalized.rotationLevels().keySet());
    int[] levels = toInts(normalized.rotationLevels().values());
    return context.use(
        unused ->
            secretKey.use(
                secret ->
                    new EvaluationKeys(
                        context,
                        normalized,
                        secretKey.keyId(),
                        EvaluationKeys.own(
                            KeyNatives.generateEvaluationKeys(
                                secret, normalized.relinearizationLevel(), steps, levels)))));
  }

  /** Ends the use of this generator; closing again does nothing. */
  @Override
  public void close() {
    closed = true;
  }

  private static int[] toInts(Collection<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("KeyGenerator is closed");
    }
  }
}
