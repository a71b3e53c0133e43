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
}
