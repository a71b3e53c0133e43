package io.silenda.he;

import io.silenda.he.internal.LibraryNatives;
import io.silenda.he.internal.NativeLibrary;

/**
 * Environment variables of this process as native code sees them, for libraries of others that ask
 * for them while they start. {@link System#getenv} keeps showing what the process was started with.
 */
public final class NativeVariables {
  private NativeVariables() {}

  /**
   * Sets a variable. Call it before native code may be reading the environment: the C library has
   * no lock for it.
   *
   * @param name without {@code =}
   * @throws NativeException if the library cannot be loaded
   * @throws IllegalArgumentException if the name is none
   */
  public static synchronized void set(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException("name \"" + name + "\" is no name of a variable");
    }
    NativeLibrary.ensureLoaded();
    // Java copies the environment at the first look: what came from outside has to be in the copy.
    System.getenv();
    LibraryNatives.setVariable(name, value);
  }
}
