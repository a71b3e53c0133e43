package io.silenda.he.internal;

/** Pools of threads. */
public final class PoolNatives {
  private PoolNatives() {}

  public static native long create(int threads);

  /** Nobody may be using it. */
  public static native void free(long pool);
}
