package io.silenda.he.internal;

/** Linear transforms; every long named after an object is its pointer. */
public final class TransformNatives {
  private TransformNatives() {}

  /**
   * Steps are in 0..slots-1; a nested giant step of 0 means that each has a key; fold steps of all
   * folds follow each other; an empty bias means none.
   */
  public static native long create(
      long context,
      int level,
      double inputScale,
      double plaintextScale,
      int[] giantSteps,
      int[] babySteps,
      double[][] values,
      int nestedGiantStep,
      boolean rescale,
      int[] foldSizes,
      int[] foldSteps,
      double[] bias);

  public static native long apply(long transform, long ciphertext, long evaluationKeys);

  public static native int resultLevel(long transform);

  public static native double resultScale(long transform);

  public static native long nativeBytes(long transform);

  public static native void free(long transform);
}
