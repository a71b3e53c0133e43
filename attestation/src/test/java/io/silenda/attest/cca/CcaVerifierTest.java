package io.silenda.attest.cca;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.synthetic.CborWriter;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CcaVerifierTest {
  private static final KeyPair CPAK = Keys.ec("secp256r1", 31);
  private static final KeyPair RAK = Keys.ec("secp384r1", 32);
  private static final KeyPair OTHER_RAK = Keys.ec("secp384r1", 33);

  private final Map<Integer, byte[]> platform = new LinkedHashMap<>();
  private final Map<Integer, byte[]> realm = new LinkedHashMap<>();
  private KeyPair realmSigner = RAK;

  @BeforeEach
  void fillClaims() {
    byte[] rak = coseKey(RAK);
    realm.put(265, CborWriter.text("tag:arm.com,2023:realm#1.0.0"));
    realm.put(10, CborWriter.bytes(filled(64, 5)));
    realm.put(44235, CborWriter.bytes(new byte[64]));
    realm.put(44236, CborWriter.text("sha-256"));
    realm.put(44237, CborWriter.bytes(rak));
    realm.put(44238, CborWriter.bytes(filled(32, 6)));
    byte[] register = CborWriter.bytes(new byte[32]);
    realm.put(44239, CborWriter.array(register, register, register, register));
    realm.put(44240, CborWriter.text("sha-512"));

    byte[] instance = new byte[33];
    instance[0] = 1;
    platform.put(265, CborWriter.text("tag:arm.com,2023:cca_platform#1.0.0"));
    platform.put(10, CborWriter.bytes(Digests.SHA_512.hash(rak)));
    platform.put(2396, CborWriter.bytes(new byte[32]));
    platform.put(256, CborWriter.bytes(instance));
    platform.put(2401, CborWriter.bytes(new byte[] {1}));
    platform.put(2395, CborWriter.integer(0x3000));
    platform.put(2402, CborWriter.text("sha-256"));
    platform.put(2399, CborWriter.array(component()));
  }

  @Test
  void acceptsAndReports() throws Exception {
    Claims claims = accepted(evidence(), context());
    assertThat(claims.debug()).isEqualTo(DebugState.OFF);
    assertThat(claims.nonce()).contains("05".repeat(64));
    assertThat(claims.measured())
        .containsEntry("rim", "06".repeat(32))
        .containsKeys("rem0", "rem3", "sw0", "implementation_id", "platform_config");
  }

  @Test
  void acceptsTokensOfEarlierDrafts() throws Exception {
    byte[] point = Keys.point(RAK);
    realm.remove(265);
    realm.put(44237, CborWriter.bytes(point));
    platform.put(265, CborWriter.text("http://arm.com/CCA-SSD/1.0.0"));
    platform.put(10, CborWriter.bytes(Digests.SHA_512.hash(point)));
    accepted(evidence(), context());
    realm.put(44237, CborWriter.bytes(Arrays.copyOf(point, 96)));
    assertRefused(evidence(), context(), Reason.BAD_KEY);
  }

  @Test
  void theRealmsKeyMustBeTheOneThatThePlatformHashed() {
    // A platform token of a real realm, and a realm token by somebody else.
    realm.put(44237, CborWriter.bytes(coseKey(OTHER_RAK)));
    realmSigner = OTHER_RAK;
    assertRefused(evidence(), context(), Reason.CCA_BINDING);
  }

  @Test
  void theHashMustBeTheOneThatTheRealmNames() {
    realm.put(44240, CborWriter.text("sha-256"));
    assertRefused(evidence(), context(), Reason.CCA_BINDING);
    realm.put(44240, CborWriter.text("md5"));
    assertRefused(evidence(), context(), Reason.UNSUPPORTED_ALGORITHM);
  }

  @Test
  void theRealmMustSignWithItsKey() {
    realmSigner = OTHER_RAK;
    assertRefused(evidence(), context(), Reason.EVIDENCE_SIGNATURE);
  }

  @Test
  void thePlatformsKeyMustBeTheCallersOwn() {
    VerificationContext others =
        Refusals.full(List.of(new TrustAnchor("other", RAK.getPublic().getEncoded())));
    assertRefused(evidence(), others, Reason.UNTRUSTED_ROOT);
  }

  @ParameterizedTest
  @CsvSource({"0x0000", "0x1000", "0x20ff", "0x6000"})
  void refusesInsecureLifecycles(String state) {
    platform.put(2395, CborWriter.integer(Integer.decode(state)));
    assertRefused(evidence(), context(), Reason.INSECURE_LIFECYCLE);
  }

  @Test
  void aPlatformUnderDebugIsDebuggable() throws Exception {
    platform.put(2395, CborWriter.integer(0x4000));
    assertThat(accepted(evidence(), context()).debug()).isEqualTo(DebugState.ON);
  }

  @ParameterizedTest
  @ValueSource(ints = {265, 10, 2396, 256, 2401, 2395, 2402, 2399})
  void refusesAPlatformTokenWithoutAClaim(int key) {
    platform.remove(key);
    assertRefused(evidence(), context(), Reason.MISSING_FIELD);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 44235, 44236, 44237, 44238, 44239, 44240})
  void refusesARealmTokenWithoutAClaim(int key) {
    realm.remove(key);
    assertRefused(evidence(), context(), Reason.MISSING_FIELD);
  }

  @Test
  void refusesClaimsOfOtherShapes() {
    assertRealm(10, CborWriter.bytes(new byte[32]), Reason.BAD_LENGTH);
    assertRealm(44235, CborWriter.bytes(new byte[63]), Reason.BAD_LENGTH);
    assertRealm(44238, CborWriter.bytes(new byte[20]), Reason.BAD_LENGTH);
    assertRealm(44239, CborWriter.array(CborWriter.bytes(new byte[32])), Reason.BAD_LENGTH);
    assertRealm(265, CborWriter.text("tag:arm.com,2023:realm#9"), Reason.TOKEN_PROFILE);
    assertRealm(44237, CborWriter.bytes(Keys.point(RAK)), Reason.TRAILING_BYTES);
    platform.put(265, CborWriter.text("other"));
    assertRefused(evidence(), context(), Reason.TOKEN_PROFILE);
  }

  @Test
  void refusesOtherCollections() {
    byte[] token = evidence().bytes();
    Map<Integer, byte[]> three = new LinkedHashMap<>();
    three.put(44234, CborWriter.bytes(platformToken()));
    three.put(44241, CborWriter.bytes(realmToken()));
    three.put(1, CborWriter.integer(1));
    assertRefused(
        Refusals.with(evidence(), CborWriter.tag(399, CborWriter.map(three))),
        context(),
        Reason.BAD_CBOR);
    assertRefused(
        Refusals.with(evidence(), Arrays.copyOfRange(token, 3, token.length)),
        context(),
        Reason.BAD_CBOR);
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    Refusals.assertEveryFlipRefused(evidence(), context());
    Refusals.assertEveryOtherLengthRefused(evidence(), context());
  }

  private void assertRealm(int key, byte[] value, Reason reason) {
    byte[] before = realm.put(key, value);
    assertRefused(evidence(), context(), reason);
    realm.put(key, before);
  }

  private byte[] platformToken() {
    return CborWriter.tag(
        18,
        CborWriter.sign1(
            -7,
            CborWriter.map(platform),
            message -> Keys.sign("SHA256withECDSAinP1363Format", CPAK.getPrivate(), message)));
  }

  private byte[] realmToken() {
    return CborWriter.tag(
        18,
        CborWriter.sign1(
            -35,
            CborWriter.map(realm),
            message -> Keys.signP384(realmSigner.getPrivate(), message)));
  }

  private Evidence evidence() {
    Map<Integer, byte[]> collection = new LinkedHashMap<>();
    collection.put(44234, CborWriter.bytes(platformToken()));
    collection.put(44241, CborWriter.bytes(realmToken()));
    byte[] point = Keys.point(CPAK);
    String jwk =
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}"
            .formatted(base64Url(point, 1), base64Url(point, 33));
    return new Evidence(
        "cca-token",
        CborWriter.tag(399, CborWriter.map(collection)),
        List.of(new EndorsementFile("cpak.json", jwk.getBytes(StandardCharsets.US_ASCII))));
  }

  private static String base64Url(byte[] point, int from) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(point, from, from + 32));
  }

  private static VerificationContext context() {
    return Refusals.full(List.of(new TrustAnchor("cpak", CPAK.getPublic().getEncoded())));
  }

  private static byte[] coseKey(KeyPair keys) {
    byte[] point = Keys.point(keys);
    Map<Integer, byte[]> key = new LinkedHashMap<>();
    key.put(1, CborWriter.integer(2));
    key.put(-1, CborWriter.integer(2));
    key.put(-2, CborWriter.bytes(Arrays.copyOfRange(point, 1, 49)));
    key.put(-3, CborWriter.bytes(Arrays.copyOfRange(point, 49, 97)));
    return CborWriter.map(key);
  }

  private static byte[] component() {
    Map<Integer, byte[]> component = new LinkedHashMap<>();
    component.put(2, CborWriter.bytes(new byte[32]));
    component.put(5, CborWriter.bytes(new byte[32]));
    return CborWriter.map(component);
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
