package io.silenda.attest.psa;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.CborMap;

/** Profiles of PSA tokens and the keys of their claims. */
public enum PsaProfile {
  /** draft-tschofenig-rats-psa-token-05, section 4; claims in the private range. */
  PSA_1(
      "PSA_IOT_PROFILE_1",
      -75000,
      -75001,
      -75002,
      -75003,
      -75004,
      -75005,
      -75006,
      -75008,
      -75009,
      -75010),
  /** draft-tschofenig-rats-psa-token-10, section 4. */
  PSA_2("http://arm.com/psa/2.0.0", 265, 2394, 2395, 2396, 2397, 2398, 2399, 10, 256, 2400),
  /** RFC 9783, section 5. */
  TFM("tag:psacertified.org,2023:psa#tfm", 265, 2394, 2395, 2396, 2397, 2398, 2399, 10, 256, 2400);

  /** Says that nothing was measured, in place of software components; only in {@link #PSA_1}. */
  static final long NO_MEASUREMENTS = -75007;

  private final String id;
  final long profileKey;
  final long clientId;
  final long lifecycle;
  final long implementationId;
  final long bootSeed;
  final long certificationReference;
  final long softwareComponents;
  final long nonce;
  final long instanceId;
  final long verificationService;

  PsaProfile(
      String id,
      long profileKey,
      long clientId,
      long lifecycle,
      long implementationId,
      long bootSeed,
      long certificationReference,
      long softwareComponents,
      long nonce,
      long instanceId,
      long verificationService) {
    this.id = id;
    this.profileKey = profileKey;
    this.clientId = clientId;
    this.lifecycle = lifecycle;
    this.implementationId = implementationId;
    this.bootSeed = bootSeed;
    this.certificationReference = certificationReference;
    this.softwareComponents = softwareComponents;
    this.nonce = nonce;
    this.instanceId = instanceId;
    this.verificationService = verificationService;
  }

  /** The value of the profile claim. */
  public String id() {
    return id;
  }

  /**
   * The profile that a token names. A token of the first profile may leave the claim out; here it
   * may not.
   */
  static PsaProfile of(CborMap claims) throws AttestationException {
    for (PsaProfile profile : values()) {
      if (claims.has(CborMap.key(profile.profileKey))
          && claims.text(CborMap.key(profile.profileKey), "psa-profile").equals(profile.id)) {
        return profile;
      }
    }
    throw new AttestationException(
        Reason.TOKEN_PROFILE, "psa-profile", "another profile or none", "a PSA profile");
  }
}
