package io.silenda.he.internal;

/** What the native library says of itself. */
public final class LibraryNatives {
  private LibraryNatives() {}

  public static native String version();

  public static native String sealVersion();

  public static native String sealSource();

  public static native String compiler();

  /** Names separated by commas. */
  public static native String cpuFeatures();

  /** Names separated by commas, fastest first. */
  public static native String supportedKernels();

  /**
   * The kernels that a name stands for: themselves, or the fastest for an empty name. Refuses those
   * that do not run here.
   */
  public static native String chooseKernels(String name);

  /** setenv, replacing. */
  public static native void setVariable(String name, String value);

  /** getenv; empty where there is none. */
  public static native String variable(String name);
}
