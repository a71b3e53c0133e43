package io.silenda.attest.cca;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.cose.CoseKey;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.PublicKey;
import io.silenda.attest.psa.ClaimFormats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Claims of the realm token, [RMM] A7.2.3.1. Arrays must not be changed.
 *
 * @param initialMeasurement RIM
 * @param extensibleMeasurements REM 0 to 3
 * @param publicKey RAK, as the claim has it: these bytes are what the platform hashed
 * @param publicKeyHash with which the platform hashed it
 */
record RealmClaims(
    byte[] challenge,
    byte[] personalizationValue,
    byte[] initialMeasurement,
    List<byte[]> extensibleMeasurements,
    byte[] publicKey,
    PublicKey key,
    Digests publicKeyHash) {
  private static final CborValue PROFILE = CborMap.key(265);
  private static final CborValue CHALLENGE = CborMap.key(10);
  private static final CborValue PERSONALIZATION_VALUE = CborMap.key(44235);
  private static final CborValue HASH_ALGORITHM = CborMap.key(44236);
  private static final CborValue PUBLIC_KEY = CborMap.key(44237);
  private static final CborValue INITIAL_MEASUREMENT = CborMap.key(44238);
  private static final CborValue EXTENSIBLE_MEASUREMENTS = CborMap.key(44239);
  private static final CborValue PUBLIC_KEY_HASH = CborMap.key(44240);

  private static final String PROFILE_1 = "tag:arm.com,2023:realm#1.0.0";
  private static final int CHALLENGE_SIZE = 64;
  private static final int EXTENSIBLE_MEASUREMENT_COUNT = 4;
  private static final byte UNCOMPRESSED_POINT = 4;

  static RealmClaims parse(byte[] payload) throws AttestationException {
    CborMap claims = Cbor.asMap(Cbor.decode(payload), "cca-realm-claims");
    HashAlgorithms.named(claims.text(HASH_ALGORITHM, "cca-realm-hash-algo-id"));
    byte[] publicKey = claims.bytes(PUBLIC_KEY, "cca-realm-public-key");
    return new RealmClaims(
        ClaimFormats.requireSize(
            claims.bytes(CHALLENGE, "cca-realm-challenge"), CHALLENGE_SIZE, "challenge"),
        ClaimFormats.requireSize(
            claims.bytes(PERSONALIZATION_VALUE, "cca-realm-personalization-value"),
            CHALLENGE_SIZE,
            "personalization-value"),
        ClaimFormats.requireHash(
            claims.bytes(INITIAL_MEASUREMENT, "cca-realm-initial-measurement"), "rim"),
        extensible(claims.array(EXTENSIBLE_MEASUREMENTS, "cca-realm-extensible-measurements")),
        publicKey,
        key(claims, publicKey),
        HashAlgorithms.named(claims.text(PUBLIC_KEY_HASH, "cca-realm-public-key-hash-algo-id")));
  }

  private static List<byte[]> extensible(List<CborValue> values) throws AttestationException {
    if (values.size() != EXTENSIBLE_MEASUREMENT_COUNT) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "rem", values.size() + " registers", "4 registers");
    }
    List<byte[]> measurements = new ArrayList<>();
    for (CborValue value : values) {
      measurements.add(ClaimFormats.requireHash(Cbor.asBytes(value, "rem"), "rem"));
    }
    return List.copyOf(measurements);
  }

  /**
   * A COSE_Key with profile 1.0; a bare uncompressed point on P-384 in tokens without a profile.
   */
  private static PublicKey key(CborMap claims, byte[] publicKey) throws AttestationException {
    Optional<String> profile = claims.optionalText(PROFILE, "cca-realm-profile");
    if (profile.isEmpty()) {
      return barePoint(publicKey);
    }
    if (!profile.get().equals(PROFILE_1)) {
      throw new AttestationException(
          Reason.TOKEN_PROFILE, "cca-realm-profile", profile.get(), PROFILE_1);
    }
    return CoseKey.parse("rak", publicKey);
  }

  private static PublicKey barePoint(byte[] point) throws AttestationException {
    if (point.length == 0 || point[0] != UNCOMPRESSED_POINT) {
      throw new AttestationException(
          Reason.BAD_KEY, "rak", "another encoding", "an uncompressed point");
    }
    return PublicKey.ofRawPoint("rak", EcCurve.P384, Arrays.copyOfRange(point, 1, point.length));
  }
}
