package io.silenda.attest.verifier;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Guesses the format of evidence by its first bytes, for people at a command line. A wrong guess is
 * harmless: the verifier of the format refuses, and a policy names the technologies that it
 * accepts.
 */
public final class FormatGuess {
  /** Length of an AMD SEV-SNP report. */
  private static final int SNP_BYTES = 1184;

  private record Magic(String format, String prefixHex) {
    boolean fits(byte[] bytes) {
      byte[] prefix = HexFormat.of().parseHex(prefixHex);
      return bytes.length >= prefix.length
          && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          new Magic("sgx-quote-v3", "0300020000000000"),
          new Magic("tdx-quote-v4", "0400020081000000"),
          new Magic("tdx-quote-v5", "0500020081000000"),
          // COSE_Sign1, untagged, with the protected header {alg: ES384}.
          new Magic("nitro-cose-sign1", "8444a1013822"),
          new Magic("cca-token", "d9018f"),
          new Magic("psa-token", "d284"),
          new Magic("azure-hcl+tpm2-quote", "48434c41"),
          new Magic("tpm2-quote", "ff54434780"),
          new Magic("SIMULATED", "53494d554c41544544"));

  private static final List<Magic> SNP =
      List.of(
          new Magic("snp-report-v2", "02000000"),
          new Magic("snp-report-v3", "03000000"),
          new Magic("snp-report-v5", "05000000"));

  private FormatGuess() {}

  /** The format that the bytes look like. */
  public static String of(byte[] evidence) throws AttestationException {
    return (evidence.length == SNP_BYTES ? SNP : MAGICS)
        .stream()
            .filter(magic -> magic.fits(evidence))
            .map(Magic::format)
            .findFirst()
            .orElseThrow(
                () ->
                    new AttestationException(
                        Reason.UNKNOWN_FORMAT,
                        "format",
                        "evidence that looks like no known format",
                        "one of " + String.join(", ", EvidenceFormats.all().names())));
  }
}
