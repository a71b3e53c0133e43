package io.silenda.attest.policy;

import io.silenda.attest.Tee;
import java.util.List;
import java.util.Set;

/** Which registers tell what code runs: a policy that says nothing about them says nothing. */
final class Registers {
  private Registers() {}

  /**
   * Sets of registers, one of which a policy must cover; a technology that measures what its owner
   * chooses needs any one register, and has an empty set.
   */
  static List<Set<String>> identifying(Tee tee) {
    return switch (tee) {
      case SGX -> List.of(Set.of("mrenclave"), Set.of("mrsigner", "isvprodid"));
      case TDX -> List.of(Set.of("mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3"));
      case SNP -> List.of(Set.of("measurement"));
      case NITRO -> List.of(Set.of("pcr0"), Set.of("pcr1", "pcr2"));
      case CCA -> List.of(Set.of("rim"));
      case PSA, TPM, AZURE_VTPM, NVIDIA_GPU -> List.of(Set.of());
    };
  }
}
