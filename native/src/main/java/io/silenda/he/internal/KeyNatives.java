package io.silenda.he.internal;

/** Key generation; every long named after an object is its pointer. */
public final class KeyNatives {
  private KeyNatives() {}

  public static native long generateSecretKey(long context);

  public static native long secretKeyBytes(long secretKey);

  public static native void wipeSecretKey(long secretKey);

  public static native boolean isSecretKeyWiped(long secretKey);

  public static native void freeSecretKey(long secretKey);

  public static native long generatePublicKey(long secretKey);

  public static native long publicKeyBytes(long publicKey);

  public static native void freePublicKey(long publicKey);

  public static native long generateEvaluationKeys(
      long secretKey, int relinearizationLevel, int[] rotationSteps, int[] rotationLevels);

  public static native long evaluationKeyBytes(long evaluationKeys);

  public static native void freeEvaluationKeys(long evaluationKeys);
}
