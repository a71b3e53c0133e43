package io.silenda.attest.psa;

import java.util.List;
import java.util.Optional;

/** Claims of a PSA token, RFC 9783 section 4. Arrays are handed out as copies. */
public record PsaToken(
    PsaProfile profile,
    byte[] nonce,
    byte[] instanceId,
    byte[] implementationId,
    int clientId,
    int lifecycle,
    Optional<byte[]> bootSeed,
    Optional<String> certificationReference,
    List<SoftwareComponent> softwareComponents,
    Optional<String> verificationService) {
  public PsaToken {
    nonce = nonce.clone();
    instanceId = instanceId.clone();
    implementationId = implementationId.clone();
    bootSeed = bootSeed.map(byte[]::clone);
    softwareComponents = List.copyOf(softwareComponents);
  }

  @Override
  public byte[] nonce() {
    return nonce.clone();
  }

  @Override
  public byte[] instanceId() {
    return instanceId.clone();
  }

  @Override
  public byte[] implementationId() {
    return implementationId.clone();
  }

  @Override
  public Optional<byte[]> bootSeed() {
    return bootSeed.map(byte[]::clone);
  }
}
