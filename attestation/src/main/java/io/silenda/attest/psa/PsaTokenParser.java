package io.silenda.attest.psa;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import java.util.List;
import java.util.Optional;

/** Reads the payload of a PSA token. Proves nothing. */
public final class PsaTokenParser {
  private static final int IMPLEMENTATION_ID_SIZE = 32;
  private static final int BOOT_SEED_LEAST = 8;
  private static final int BOOT_SEED_MOST = 32;

  private PsaTokenParser() {}

  public static PsaToken parse(byte[] payload) throws AttestationException {
    CborMap claims = Cbor.asMap(Cbor.decode(payload), "psa-claims");
    PsaProfile profile = PsaProfile.of(claims);
    return new PsaToken(
        profile,
        ClaimFormats.requireHash(
            claims.bytes(CborMap.key(profile.nonce), "psa-nonce"), "psa-nonce"),
        ClaimFormats.requireInstanceId(
            claims.bytes(CborMap.key(profile.instanceId), "instance-id")),
        ClaimFormats.requireSize(
            claims.bytes(CborMap.key(profile.implementationId), "implementation-id"),
            IMPLEMENTATION_ID_SIZE,
            "implementation-id"),
        clientId(claims.integer(CborMap.key(profile.clientId), "client-id")),
        ClaimFormats.requireLifecycle(claims.integer(CborMap.key(profile.lifecycle), "lifecycle")),
        bootSeed(claims, profile),
        claims.optionalText(CborMap.key(profile.certificationReference), "certification-reference"),
        components(claims, profile),
        claims.optionalText(CborMap.key(profile.verificationService), "verification-service"));
  }

  /** RFC 9783, section 4.1.2: a 32-bit integer, negative for callers outside the secure world. */
  private static int clientId(long value) throws AttestationException {
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new AttestationException(
          Reason.BAD_FIELD, "client-id", Long.toString(value), "a 32-bit integer");
    }
    return (int) value;
  }

  private static Optional<byte[]> bootSeed(CborMap claims, PsaProfile profile)
      throws AttestationException {
    Optional<byte[]> seed = claims.optionalBytes(CborMap.key(profile.bootSeed), "boot-seed");
    if (seed.isPresent()
        && (seed.get().length < BOOT_SEED_LEAST || seed.get().length > BOOT_SEED_MOST)) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "boot-seed", seed.get().length + " bytes", "8 to 32 bytes");
    }
    return seed;
  }

  private static List<SoftwareComponent> components(CborMap claims, PsaProfile profile)
      throws AttestationException {
    boolean first = profile == PsaProfile.PSA_1;
    if (first && claims.has(CborMap.key(PsaProfile.NO_MEASUREMENTS))) {
      throw new AttestationException(
          Reason.MISSING_MEASUREMENT,
          "software-components",
          "the token says that nothing was measured",
          "one or more");
    }
    return SoftwareComponent.parseAll(
        claims.array(CborMap.key(profile.softwareComponents), "software-components"), !first);
  }
}
