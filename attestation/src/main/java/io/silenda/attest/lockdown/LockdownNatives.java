package io.silenda.attest.lockdown;

/** Calls of {@code libsilenda_lockdown.so}; those that return an int give 0 or errno. */
final class LockdownNatives {
  private LockdownNatives() {}

  static native int makeNonDumpable();

  static native int lockMemory();

  static native long swapBytes();

  static native int installSystemCallFilter();

  static native int setVariable(String name, String value);
}
