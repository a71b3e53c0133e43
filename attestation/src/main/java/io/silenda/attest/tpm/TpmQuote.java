package io.silenda.attest.tpm;

import java.util.List;

/**
 * A TPMS_ATTEST that is a quote, [TPM2] sections 10.12.8 and 10.12.1. Arrays must not be changed.
 *
 * @param extraData qualifying data: what the caller asked to be signed
 * @param clock milliseconds that the TPM has been powered
 * @param signed the bytes that the signature covers
 */
public record TpmQuote(
    byte[] qualifiedSigner,
    byte[] extraData,
    long clock,
    long resetCount,
    long restartCount,
    boolean safe,
    long firmwareVersion,
    List<PcrSelection> selections,
    byte[] pcrDigest,
    byte[] signed) {
  public TpmQuote {
    selections = List.copyOf(selections);
  }
}
