package io.silenda.attest.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import java.util.Locale;
import java.util.Optional;

/**
 * Hash algorithms of TPM_ALG_ID, [TPM2] section 6.3. SHA-1 banks are not accepted: collisions are
 * practical.
 */
public enum TpmHash {
  SHA256(0x000b, Digests.SHA_256),
  SHA384(0x000c, Digests.SHA_384),
  SHA512(0x000d, Digests.SHA_512);

  private final int id;
  private final Digests digest;

  TpmHash(int id, Digests digest) {
    this.id = id;
    this.digest = digest;
  }

  public Digests digest() {
    return digest;
  }

  /** The name of a PCR bank in files: {@code sha256}. */
  public String bankName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TpmHash of(int id) throws AttestationException {
    for (TpmHash hash : values()) {
      if (hash.id == id) {
        return hash;
      }
    }
    throw new AttestationException(
        Reason.UNSUPPORTED_ALGORITHM,
        "tpm-hash",
        "TPM_ALG_ID 0x" + Integer.toHexString(id),
        "SHA-256, SHA-384 or SHA-512");
  }

  static Optional<TpmHash> ofBankName(String name) {
    for (TpmHash hash : values()) {
      if (hash.bankName().equals(name)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }
}
