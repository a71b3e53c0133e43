package io.silenda.attest.snp;

/** The key that signed a report, SIGNING_KEY of [ABI] table 23, offset 48h, bits 4:2. */
public enum SigningKey {
  /** Versioned chip endorsement key: one chip at one TCB. */
  VCEK("SEV-VCEK"),
  /** Versioned loaded endorsement key: any chip of one cloud provider at one TCB. */
  VLEK("SEV-VLEK");

  private final String commonName;

  SigningKey(String commonName) {
    this.commonName = commonName;
  }

  /** Common name of the key's certificate, [KDS] tables 8 and 14. */
  String commonName() {
    return commonName;
  }
}
