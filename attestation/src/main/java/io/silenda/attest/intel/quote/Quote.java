package io.silenda.attest.intel.quote;

import io.silenda.attest.AttestationException;

/**
 * An Intel quote, read and not verified. Its arrays are not copied: treat them as read-only.
 *
 * @param header version and kind
 * @param body what was quoted
 * @param signedBytes header and body as they stand
 * @param signature signature and certification
 * @param trailing bytes behind the quote: nothing signs them
 */
public record Quote(
    QuoteHeader header,
    QuoteBody body,
    byte[] signedBytes,
    QuoteSignature signature,
    byte[] trailing) {

  /**
   * Reads a quote of version 3, 4 or 5.
   *
   * @throws AttestationException where the bytes are no such quote
   */
  public static Quote parse(byte[] bytes) throws AttestationException {
    return new QuoteParser(bytes).parse();
  }
}
