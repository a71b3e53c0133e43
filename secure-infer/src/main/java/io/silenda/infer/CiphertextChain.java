package io.silenda.infer;

import io.silenda.he.Ciphertext;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A ciphertext that is replaced step by step: what is replaced is closed, but for what was lent.
 * Not thread-safe.
 */
final class CiphertextChain implements AutoCloseable {
  private @Nullable Ciphertext current;
  private boolean isLent;

  /** The first one is {@code lent} as it is, and stays its owner's; later ones are made of it. */
  void next(UnaryOperator<Ciphertext> operation, Ciphertext lent) {
    if (current == null) {
      current = lent;
      isLent = true;
    } else {
      next(operation);
    }
  }

  /** Replaces the current ciphertext by what the operation makes of it. */
  void next(UnaryOperator<Ciphertext> operation) {
    Ciphertext before = get();
    Ciphertext after = operation.apply(before);
    close();
    current = after;
    isLent = false;
  }

  private Ciphertext get() {
    if (current == null) {
      throw new IllegalStateException("there is no ciphertext yet");
    }
    return current;
  }

  /** Hands the current ciphertext to the caller, who closes it. */
  Ciphertext take() {
    Ciphertext taken = get();
    current = null;
    return taken;
  }

  @Override
  public void close() {
    if (current != null && !isLent) {
      current.close();
    }
    current = null;
  }
}
