package io.silenda.attest.policy;

import io.silenda.attest.Tee;
import java.util.List;
import java.util.Set;

/** Which registers tell what code runs: a policy that says nothing about them says nothing. */
final class Registers {
  private static final String PCR = "pcr#";

  private Registers() {}

  /**
   * Sets of registers, one of which a policy must cover. A {@code #} stands for any number: where
   * the owner chooses what is measured, one such register is needed.
   *
   * <p>On Azure the hardware report measures the paravisor, which makes the vTPM: without that, the
   * PCR values may come from anywhere.
   */
  static List<Set<String>> identifying(Tee tee) {
    return switch (tee) {
      case SGX -> List.of(Set.of("mrenclave"), Set.of("mrsigner", "isvprodid", "isvsvn"));
      case TDX -> List.of(Set.of("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3"));
      case SNP -> List.of(Set.of("measurement"));
      case NITRO -> List.of(Set.of("pcr0"), Set.of("pcr1", "pcr2"));
      case CCA -> List.of(Set.of("rim", "sw#"));
      case PSA -> List.of(Set.of("sw#"));
      case TPM -> List.of(Set.of(PCR));
      case AZURE_VTPM ->
          List.of(
              Set.of("snp-measurement", PCR),
              Set.of("tdx-mrtd", "tdx-rtmr0", "tdx-rtmr1", "tdx-rtmr2", "tdx-rtmr3", PCR));
      case NVIDIA_GPU -> List.of(Set.of("measurement#"));
      case SIMULATED -> List.of(Set.of("worker_digest"));
    };
  }

  /** Whether {@code register} is the {@code needed} one; PCRs may have their bank before them. */
  static boolean matches(String needed, String register) {
    String numbered = needed.replace("#", "\\d+");
    return register.matches(needed.equals(PCR) ? "(sha\\d+-)?" + numbered : numbered);
  }
}
