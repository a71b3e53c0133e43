package io.silenda.attest.psa;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Check;
import io.silenda.attest.DebugState;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.synthetic.CborWriter;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PsaVerifierTest {
  private static final KeyPair IAK = Keys.ec("secp256r1", 21);
  private static final KeyPair OTHER = Keys.ec("secp256r1", 22);

  private final Map<Long, byte[]> claims = new LinkedHashMap<>();

  @BeforeEach
  void fillClaims() {
    claims.put(265L, CborWriter.text("tag:psacertified.org,2023:psa#tfm"));
    claims.put(10L, CborWriter.bytes(new byte[32]));
    claims.put(256L, CborWriter.bytes(instanceId(1)));
    claims.put(2396L, CborWriter.bytes(new byte[32]));
    claims.put(2394L, CborWriter.integer(-3));
    claims.put(2395L, CborWriter.integer(0x3000));
    claims.put(2397L, CborWriter.bytes(new byte[8]));
    claims.put(2399L, CborWriter.array(component()));
  }

  @Test
  void acceptsTheProfilesFrom2On() throws Exception {
    assertThat(accepted(evidence(), context()).debug()).isEqualTo(DebugState.OFF);
    claims.put(265L, CborWriter.text("http://arm.com/psa/2.0.0"));
    assertThat(accepted(evidence(), context()).measured())
        .containsEntry("client_id", "-3")
        .containsEntry("sw0", "00".repeat(32))
        .containsEntry("lifecycle", "0x3000");
  }

  @Test
  void acceptsTheFirstProfile() throws Exception {
    fillProfile1();
    assertThat(accepted(evidence(), context()).measured())
        .containsEntry("profile", "PSA_IOT_PROFILE_1");
    claims.remove(-75006L);
    claims.put(-75007L, CborWriter.integer(1));
    assertRefused(evidence(), context(), Reason.MISSING_MEASUREMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000,INSECURE_LIFECYCLE",
    "0x10ff,INSECURE_LIFECYCLE",
    "0x2000,INSECURE_LIFECYCLE",
    "0x6000,INSECURE_LIFECYCLE",
    "0x7000,BAD_FIELD",
    "0x3100,BAD_FIELD",
    "0x10000,BAD_FIELD",
  })
  void refusesInsecureLifecycles(String state, Reason reason) {
    claims.put(2395L, CborWriter.integer(Integer.decode(state)));
    assertRefused(evidence(), context(), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x4000", "0x50ff"})
  void debugLifecyclesAreDebuggable(String state) throws Exception {
    claims.put(2395L, CborWriter.integer(Integer.decode(state)));
    assertThat(accepted(evidence(), context()).debug()).isEqualTo(DebugState.ON);
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 256, 2396, 2394, 2395, 2399})
  void refusesATokenWithoutAClaim(long key) {
    claims.remove(key);
    assertRefused(evidence(), context(), Reason.MISSING_FIELD);
  }

  @Test
  void refusesClaimsOfOtherShapes() {
    assertRefusedWith(10, CborWriter.bytes(new byte[31]), Reason.BAD_LENGTH);
    assertRefusedWith(256, CborWriter.bytes(new byte[32]), Reason.BAD_LENGTH);
    assertRefusedWith(256, CborWriter.bytes(instanceId(2)), Reason.BAD_FIELD);
    assertRefusedWith(2396, CborWriter.bytes(new byte[33]), Reason.BAD_LENGTH);
    assertRefusedWith(2394, CborWriter.integer(1L << 31), Reason.BAD_FIELD);
    assertRefusedWith(2397, CborWriter.bytes(new byte[7]), Reason.BAD_LENGTH);
    assertRefusedWith(2399, CborWriter.array(), Reason.MISSING_FIELD);
    assertRefusedWith(
        2399,
        CborWriter.array(CborWriter.map(Map.of(2, CborWriter.bytes(new byte[32])))),
        Reason.MISSING_FIELD);
    assertRefusedWith(265, CborWriter.text("http://arm.com/psa/3.0.0"), Reason.TOKEN_PROFILE);
    assertRefusedWith(265, CborWriter.integer(1), Reason.BAD_CBOR);
  }

  @Test
  void theKeyMustBeTheCallersOwn() throws Exception {
    Evidence evidence = evidence();
    VerificationContext others =
        Refusals.full(List.of(new TrustAnchor("other", OTHER.getPublic().getEncoded())));
    assertRefused(evidence, others, Reason.UNTRUSTED_ROOT);
    VerificationContext nobody =
        new VerificationContext(VerificationMode.FULL, Optional.empty(), Optional.empty());
    assertRefused(evidence, nobody, Reason.UNTRUSTED_ROOT);
    VerificationContext signatureOnly =
        new VerificationContext(
            VerificationMode.SIGNATURE_ONLY, Optional.empty(), Optional.empty());
    assertThat(Refusals.checksOf(evidence, signatureOnly).toList())
        .anyMatch(c -> c.name().equals("iak-trust") && c.outcome() == Check.Outcome.NOT_CHECKED);
  }

  @Test
  void refusesMissingAndOtherKeys() {
    Evidence evidence = evidence();
    assertRefused(
        Evidence.of("psa-token", evidence.bytes()), context(), Reason.MISSING_CERTIFICATE);
    Evidence garbage =
        new Evidence(
            "psa-token",
            evidence.bytes(),
            List.of(new EndorsementFile("key", new byte[] {1, 2, 3})));
    assertRefused(garbage, context(), Reason.BAD_KEY);
  }

  @Test
  void aTokenThatSomebodyElseSignedIsRefused() {
    byte[] token =
        CborWriter.tag(
            18, CborWriter.sign1(-7, CborWriter.map(claims), message -> sign(OTHER, message)));
    assertRefused(Refusals.with(evidence(), token), context(), Reason.EVIDENCE_SIGNATURE);
  }

  @Test
  void refusesATokenUnderAMac() {
    byte[] token = evidence().bytes();
    token[0] = (byte) 0xd1;
    assertRefused(Refusals.with(evidence(), token), context(), Reason.BAD_CBOR);
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    Refusals.assertEveryFlipRefused(evidence(), context());
    Refusals.assertEveryOtherLengthRefused(evidence(), context());
  }

  private void fillProfile1() {
    claims.clear();
    claims.put(-75000L, CborWriter.text("PSA_IOT_PROFILE_1"));
    claims.put(-75001L, CborWriter.integer(1));
    claims.put(-75002L, CborWriter.integer(0x3000));
    claims.put(-75003L, CborWriter.bytes(new byte[32]));
    claims.put(-75004L, CborWriter.bytes(new byte[32]));
    claims.put(
        -75006L, CborWriter.array(CborWriter.map(Map.of(2, CborWriter.bytes(new byte[32])))));
    claims.put(-75008L, CborWriter.bytes(new byte[64]));
    claims.put(-75009L, CborWriter.bytes(instanceId(1)));
  }

  private void assertRefusedWith(long key, byte[] value, Reason reason) {
    byte[] before = claims.put(key, value);
    assertRefused(evidence(), context(), reason);
    claims.put(key, before);
  }

  private Evidence evidence() {
    byte[] token =
        CborWriter.tag(
            18, CborWriter.sign1(-7, CborWriter.map(claims), message -> sign(IAK, message)));
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(IAK.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    EndorsementFile key = new EndorsementFile("iak.pem", pem.getBytes(StandardCharsets.US_ASCII));
    return new Evidence("psa-token", token, List.of(key));
  }

  private static byte[] sign(KeyPair keys, byte[] message) {
    return Keys.sign("SHA256withECDSAinP1363Format", keys.getPrivate(), message);
  }

  private static VerificationContext context() {
    return Refusals.full(List.of(new TrustAnchor("iak", IAK.getPublic().getEncoded())));
  }

  private static byte[] instanceId(int type) {
    byte[] id = new byte[33];
    id[0] = (byte) type;
    return id;
  }

  private static byte[] component() {
    Map<Integer, byte[]> component = new LinkedHashMap<>();
    component.put(1, CborWriter.text("BL"));
    component.put(2, CborWriter.bytes(new byte[32]));
    component.put(5, CborWriter.bytes(new byte[32]));
    return CborWriter.map(component);
  }
}
