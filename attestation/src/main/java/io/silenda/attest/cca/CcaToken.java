package io.silenda.attest.cca;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.cose.CoseSign1;

/**
 * The collection of the two tokens, [RMM] A7.2.1: the platform's, signed by the CPAK, and the
 * realm's, signed by the RAK.
 *
 * @param platformClaims parsed from {@code platform}
 * @param realmClaims parsed from {@code realm}
 */
record CcaToken(
    CoseSign1 platform, PlatformClaims platformClaims, CoseSign1 realm, RealmClaims realmClaims) {
  private static final long TAG = 399;
  private static final CborValue PLATFORM = CborMap.key(44234);
  private static final CborValue REALM = CborMap.key(44241);

  static CcaToken parse(byte[] data) throws AttestationException {
    CborValue value = Cbor.decode(data);
    if (!(value instanceof CborValue.Tagged tagged) || tagged.tag() != TAG) {
      throw new AttestationException(
          Reason.BAD_CBOR, "cca-token", "another CBOR item", "tag " + TAG);
    }
    CborMap collection = Cbor.asMap(tagged.item(), "cca-token");
    if (collection.keys().size() != 2) {
      throw new AttestationException(
          Reason.BAD_CBOR, "cca-token", collection.keys().size() + " members", "2 members");
    }
    CoseSign1 platform = signed(collection.bytes(PLATFORM, "cca-platform-token"));
    CoseSign1 realm = signed(collection.bytes(REALM, "cca-realm-token"));
    return new CcaToken(
        platform,
        PlatformClaims.parse(platform.payload()),
        realm,
        RealmClaims.parse(realm.payload()));
  }

  private static CoseSign1 signed(byte[] token) throws AttestationException {
    return CoseSign1.parse(token, CoseSign1.Tagging.TAGGED);
  }
}
