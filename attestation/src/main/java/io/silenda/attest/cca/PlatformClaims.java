package io.silenda.attest.cca;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.psa.ClaimFormats;
import io.silenda.attest.psa.SoftwareComponent;
import java.util.List;
import java.util.Set;

/** Claims of the platform token, [RMM] A7.2.3.2. Arrays must not be changed. */
record PlatformClaims(
    byte[] challenge,
    byte[] implementationId,
    byte[] instanceId,
    byte[] config,
    int lifecycle,
    List<SoftwareComponent> softwareComponents) {
  private static final CborValue PROFILE = CborMap.key(265);
  private static final CborValue CHALLENGE = CborMap.key(10);
  private static final CborValue IMPLEMENTATION_ID = CborMap.key(2396);
  private static final CborValue INSTANCE_ID = CborMap.key(256);
  private static final CborValue CONFIG = CborMap.key(2401);
  private static final CborValue LIFECYCLE = CborMap.key(2395);
  private static final CborValue SOFTWARE_COMPONENTS = CborMap.key(2399);
  private static final CborValue HASH_ALGORITHM = CborMap.key(2402);

  /** [CCA] section 4.5, and its name before version 1.0 of [RMM]. */
  private static final Set<String> PROFILES =
      Set.of("tag:arm.com,2023:cca_platform#1.0.0", "http://arm.com/CCA-SSD/1.0.0");

  private static final int IMPLEMENTATION_ID_SIZE = 32;

  static PlatformClaims parse(byte[] payload) throws AttestationException {
    CborMap claims = Cbor.asMap(Cbor.decode(payload), "cca-platform-claims");
    String profile = claims.text(PROFILE, "cca-platform-profile");
    if (!PROFILES.contains(profile)) {
      throw new AttestationException(
          Reason.TOKEN_PROFILE, "cca-platform-profile", profile, "a CCA platform profile");
    }
    // The hash of the components' measurements; it has no bearing on the binding of the realm.
    HashAlgorithms.named(claims.text(HASH_ALGORITHM, "cca-platform-hash-algo-id"));
    return new PlatformClaims(
        ClaimFormats.requireHash(claims.bytes(CHALLENGE, "cca-platform-challenge"), "challenge"),
        ClaimFormats.requireSize(
            claims.bytes(IMPLEMENTATION_ID, "implementation-id"),
            IMPLEMENTATION_ID_SIZE,
            "implementation-id"),
        ClaimFormats.requireInstanceId(claims.bytes(INSTANCE_ID, "instance-id")),
        claims.bytes(CONFIG, "cca-platform-config"),
        ClaimFormats.requireLifecycle(claims.integer(LIFECYCLE, "lifecycle")),
        SoftwareComponent.parseAll(claims.array(SOFTWARE_COMPONENTS, "software-components"), true));
  }
}
