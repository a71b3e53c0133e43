package io.silenda.attest.release;

import java.io.IOException;

/** Where lines are kept for good. */
interface Journal extends AutoCloseable {
  /** Returns once the line would survive a crash of the machine. */
  void append(byte[] line) throws IOException;

  @Override
  void close() throws IOException;
}
