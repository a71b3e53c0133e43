package io.silenda.attest.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.pki.PublicKey;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * A quote with its signature and the registers it is about: all that a TPM attests. Which key may
 * sign is the caller's business.
 */
public record TpmQuoteChecks(TpmQuote quote, TpmSignature signature, PcrBanks banks) {
  /**
   * Proves the quote and its registers under {@code attestationKey}, and adds them to the claims.
   */
  public void require(PublicKey attestationKey, CheckList checks, Claims.Builder claims)
      throws AttestationException {
    signature.requireOver(quote.signed(), attestationKey, checks);
    Map<TpmHash, SortedMap<Integer, byte[]>> proven = banks.requireQuoted(quote, signature.hash());
    checks.passed("tpm-pcr-digest", "registers give the quoted digest", "the quoted digest");
    addTo(claims, proven);
  }

  /** Adds what the quote says, proven by nothing. */
  public void addUnproven(Claims.Builder claims) throws AttestationException {
    addTo(claims, banks.requireQuoted(quote, signature.hash()));
  }

  /** Registers of the first bank are {@code pcr0}…, those of further banks {@code sha384-pcr0}…. */
  private void addTo(Claims.Builder claims, Map<TpmHash, SortedMap<Integer, byte[]>> registers) {
    String nonce = HexFormat.of().formatHex(quote.extraData());
    claims.nonce(nonce).measured("nonce", nonce);
    TpmHash first = quote.selections().get(0).bank();
    registers.forEach(
        (bank, values) ->
            values.forEach(
                (pcr, value) ->
                    claims.measured(
                        (bank == first ? "" : bank.bankName() + "-") + "pcr" + pcr,
                        HexFormat.of().formatHex(value))));
    claims
        .measured("tpm_reset_count", Long.toString(quote.resetCount()))
        .measured("tpm_restart_count", Long.toString(quote.restartCount()))
        .measured("tpm_clock_safe", Boolean.toString(quote.safe()))
        .measured("tpm_firmware", Long.toHexString(quote.firmwareVersion()));
  }
}
