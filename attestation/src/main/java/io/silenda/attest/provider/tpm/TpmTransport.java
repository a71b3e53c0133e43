package io.silenda.attest.provider.tpm;

import java.io.IOException;

/** Takes a command to a TPM and brings the response. Not thread-safe; the opener closes it. */
interface TpmTransport extends AutoCloseable {
  /** More than any TPM's TPM_PT_MAX_RESPONSE_SIZE: a response that says more is refused. */
  int MAX_RESPONSE_BYTES = 8192;

  /** Tag, size and code, [TPM2] Part 1 section 18. */
  int HEADER_BYTES = 10;

  /** Opens a way to a TPM. */
  interface Opener {
    TpmTransport open() throws IOException;
  }

  /**
   * Sends one command and waits for its response.
   *
   * @throws IOException where the TPM cannot be reached, answers too late, or too much
   */
  byte[] transmit(byte[] command) throws IOException;

  @Override
  void close() throws IOException;
}
