package io.silenda.attest.cca;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;

/**
 * Names of hash algorithms in claims: those of the IANA registry "Named Information Hash
 * Algorithm".
 */
final class HashAlgorithms {
  private HashAlgorithms() {}

  static Digests named(String name) throws AttestationException {
    return switch (name) {
      case "sha-256" -> Digests.SHA_256;
      case "sha-384" -> Digests.SHA_384;
      case "sha-512" -> Digests.SHA_512;
      default ->
          throw new AttestationException(
              Reason.UNSUPPORTED_ALGORITHM, "cca-hash", name, "sha-256, sha-384 or sha-512");
    };
  }
}
