package io.silenda.dp.mechanism;

/** The words of AES-256 in counter mode under one key, little-endian, by their place. */
interface KeyStream extends AutoCloseable {
  /** Fills {@code out} with the words from {@code first} on. */
  void read(long first, long[] out);

  /** Wipes what it can of the key. */
  @Override
  void close();
}
