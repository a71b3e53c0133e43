package io.silenda.attest.tpm;

import java.util.List;

/**
 * TPMS_PCR_SELECTION, [TPM2] section 10.6.2.
 *
 * @param pcrs indices in ascending order
 */
public record PcrSelection(TpmHash bank, List<Integer> pcrs) {
  public PcrSelection {
    pcrs = List.copyOf(pcrs);
  }
}
