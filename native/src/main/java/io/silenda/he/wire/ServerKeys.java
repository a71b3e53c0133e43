package io.silenda.he.wire;

import io.silenda.he.EvaluationKeys;
import io.silenda.he.KeyId;
import io.silenda.he.PublicKey;

/**
 * What a server gets of a client's keys. Whoever holds it closes it.
 *
 * @param evaluationKeys the keys it computes with
 * @param publicKey the key it makes answers unlinkable to its computation with
 */
public record ServerKeys(EvaluationKeys evaluationKeys, PublicKey publicKey)
    implements AutoCloseable {

  /**
   * Checks that the keys belong together.
   *
   * @throws IllegalArgumentException if they belong to different secret keys or contexts
   */
  public ServerKeys {
    if (!evaluationKeys.keyId().equals(publicKey.keyId())
        || evaluationKeys.context() != publicKey.context()) {
      throw new IllegalArgumentException(
          "publicKey belongs to key "
              + publicKey.keyId()
              + ", evaluationKeys to "
              + evaluationKeys.keyId()
              + ", or their contexts differ");
    }
  }

  /** Name of the secret key they belong to. */
  public KeyId keyId() {
    return evaluationKeys.keyId();
  }

  @Override
  public void close() {
    evaluationKeys.close();
    publicKey.close();
  }
}
