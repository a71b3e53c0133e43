package io.silenda.attest.provider.tsm;

import java.io.IOException;

/**
 * What configfs-tsm asks of a file system: making a directory makes its attributes, which no plain
 * directory does.
 */
interface TsmFiles {
  /** Makes an entry, which must not be there. */
  void create(String entry) throws IOException;

  /** Removes an entry and its attributes. */
  void remove(String entry) throws IOException;

  /** Whether this kernel and this technology have the attribute. */
  boolean has(String entry, String attribute);

  /** Writes a whole attribute at once: the kernel takes each write for a value of its own. */
  void write(String entry, String attribute, byte[] value) throws IOException;

  /** Reads a whole attribute, of at most {@code limit} bytes. */
  byte[] read(String entry, String attribute, int limit) throws IOException;
}
