package io.silenda.attest;

import java.util.Locale;

/** What made the evidence. */
public enum Tee {
  /** Intel SGX enclave. */
  SGX,
  /** Intel TDX trust domain. */
  TDX,
  /** AMD SEV-SNP guest. */
  SNP,
  /** AWS Nitro enclave. */
  NITRO,
  /** Arm CCA realm. */
  CCA,
  /** Arm PSA root of trust. */
  PSA,
  /** TPM 2.0: measured boot; the host's administrator can read memory. */
  TPM,
  /** Azure confidential VM: a virtual TPM whose key a SEV-SNP or TDX report vouches for. */
  AZURE_VTPM,
  /** NVIDIA GPU in confidential mode. */
  NVIDIA_GPU,
  /** Nothing: no hardware stands behind the evidence. Refused by every policy but one by name. */
  SIMULATED;

  /** The name in JSON and in policies, such as {@code azure-vtpm}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
