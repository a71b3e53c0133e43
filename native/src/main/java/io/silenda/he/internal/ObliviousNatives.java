package io.silenda.he.internal;

/** Kernels whose instructions and addresses do not depend on values; sizes are checked before. */
public final class ObliviousNatives {
  private ObliviousNatives() {}

  public static native void relu(float[] values, float[] out);

  public static native int argMax(float[] values);

  /** As many as {@code outValues} holds; all arrays but {@code values} have that length. */
  public static native void topK(
      float[] values, long[] scratch, float[] outValues, int[] outIndices);

  /** The eleven sizes of the native geometry, in its order. */
  public static native void maxPool(float[] values, int[] sizes, float[] out);

  /** Whether there is such a row. */
  public static native boolean lookUp(float[] table, int rows, int index, float[] out);
}
