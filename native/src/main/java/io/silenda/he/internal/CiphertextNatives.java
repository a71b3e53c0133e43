package io.silenda.he.internal;

/**
 * Encryption, decryption and properties of ciphertexts; every long named after an object is its
 * pointer.
 */
public final class CiphertextNatives {
  private CiphertextNatives() {}

  public static native long encryptSymmetric(long secretKey, long plaintext);

  public static native long encryptWithPublicKey(long publicKey, long plaintext);

  public static native double[] decrypt(long secretKey, long ciphertext);

  public static native int level(long ciphertext);

  public static native double scale(long ciphertext);

  public static native int size(long ciphertext);

  public static native long nativeBytes(long ciphertext);

  public static native boolean isSeeded(long ciphertext);

  public static native void free(long ciphertext);
}
