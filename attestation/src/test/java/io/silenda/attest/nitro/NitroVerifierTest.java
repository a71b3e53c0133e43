package io.silenda.attest.nitro;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.synthetic.Authority;
import io.silenda.attest.synthetic.CborWriter;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.verifier.Verifier;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.util.Encodable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NitroVerifierTest {
  // RSA makes the many verifications of these tests quick; real roots are on P-384.
  private static final Authority ROOT = Authority.root("nitro.test", Keys.rsa(11), "SHA256withRSA");
  private static final KeyPair LEAF = Keys.ec("secp384r1", 12);
  private static final byte[] NULL = {(byte) 0xf6};

  private final Map<String, byte[]> document = new LinkedHashMap<>();
  private final Map<Integer, byte[]> pcrs = new LinkedHashMap<>();
  private long algorithm = -35;

  @BeforeEach
  void fillDocument() throws Exception {
    pcrs.put(0, CborWriter.bytes(filled(48, 1)));
    pcrs.put(1, CborWriter.bytes(filled(48, 2)));
    document.put("module_id", CborWriter.text("i-0123-enc4567"));
    document.put("digest", CborWriter.text("SHA384"));
    document.put("timestamp", CborWriter.integer(Authority.NOW.toEpochMilli()));
    document.put("pcrs", NULL);
    document.put("certificate", CborWriter.bytes(encoded(ROOT.issue("leaf", 5, LEAF, b -> {}))));
    document.put("cabundle", CborWriter.array(CborWriter.bytes(ROOT.der())));
    document.put("public_key", NULL);
    document.put("user_data", CborWriter.bytes(new byte[] {1, 2}));
    document.put("nonce", CborWriter.bytes(filled(16, 9)));
  }

  @Test
  void acceptsAndReports() throws Exception {
    Claims claims = accepted(evidence(), context());
    assertThat(claims.debug()).isEqualTo(DebugState.OFF);
    assertThat(claims.nonce()).contains("09".repeat(16));
    assertThat(claims.issuedAt()).contains(Authority.NOW);
    assertThat(claims.platformId()).contains("i-0123-enc4567");
    assertThat(claims.measured())
        .containsEntry("pcr0", "01".repeat(48))
        .containsEntry("user_data", "0102")
        .containsEntry("public_key", "");
  }

  @Test
  void userDataBindsWhereThereIsNoNonce() throws Exception {
    document.put("nonce", NULL);
    assertThat(accepted(evidence(), context()).nonce()).contains("0102");
  }

  @Test
  void longNoncesAreListedByTheirStartAndKeptWhole() throws Exception {
    document.put("nonce", CborWriter.bytes(filled(512, 7)));
    Claims claims = accepted(evidence(), context());
    assertThat(claims.nonce()).contains("07".repeat(512));
    assertThat(claims.measured()).containsEntry("nonce", "07".repeat(32));
  }

  @Test
  void anImageRegisterOfZerosIsDebugMode() throws Exception {
    pcrs.put(0, CborWriter.bytes(new byte[48]));
    assertThat(accepted(evidence(), context()).debug()).isEqualTo(DebugState.ON);
    pcrs.remove(0);
    assertThat(accepted(evidence(), context()).debug()).isEqualTo(DebugState.UNKNOWN);
  }

  @Test
  void aDocumentThatWasOnlyParsedIsNeverEnough() {
    Policy policy =
        Policy.accepting(Allowed.of("nitro"))
            .measurement("pcr0", Allowed.of("01".repeat(48)))
            .nonce("09".repeat(16))
            .build();
    VerificationContext parseOnly =
        new VerificationContext(
            VerificationMode.PARSE_ONLY, Optional.of(Authority.NOW), Optional.empty());
    assertThat(new Verifier(policy).verify(evidence(), context()).accepted()).isTrue();
    assertThat(new Verifier(policy).verify(evidence(), parseOnly).reason())
        .isEqualTo(Reason.UNCHECKED);
  }

  @Test
  void refusesOtherAlgorithms() {
    algorithm = -7;
    assertRefused(evidence(), context(), Reason.UNSUPPORTED_ALGORITHM);
    algorithm = -37;
    assertRefused(evidence(), context(), Reason.UNSUPPORTED_ALGORITHM);
    algorithm = -35;
    document.put("digest", CborWriter.text("SHA256"));
    assertRefused(evidence(), context(), Reason.UNSUPPORTED_ALGORITHM);
  }

  @Test
  void refusesSizesOutsideTheSpecification() {
    assertRefusedWith("user_data", CborWriter.bytes(new byte[513]), Reason.BAD_LENGTH);
    assertRefusedWith("nonce", CborWriter.bytes(new byte[513]), Reason.BAD_LENGTH);
    assertRefusedWith("public_key", CborWriter.bytes(new byte[1025]), Reason.BAD_LENGTH);
    assertRefusedWith("certificate", CborWriter.bytes(new byte[1025]), Reason.BAD_LENGTH);
    assertRefusedWith("certificate", CborWriter.bytes(new byte[0]), Reason.BAD_LENGTH);
    assertRefusedWith("module_id", CborWriter.text(""), Reason.BAD_FIELD);
    assertRefusedWith("timestamp", CborWriter.integer(0), Reason.BAD_FIELD);
    assertRefusedWith("timestamp", CborWriter.integer(-1), Reason.BAD_FIELD);
    assertRefusedWith("cabundle", CborWriter.array(), Reason.BAD_FIELD);
  }

  @Test
  void refusesRegistersOutsideTheSpecification() {
    pcrs.put(32, CborWriter.bytes(new byte[48]));
    assertRefused(evidence(), context(), Reason.BAD_FIELD);
    pcrs.remove(32);
    pcrs.put(3, CborWriter.bytes(new byte[32]));
    assertRefused(evidence(), context(), Reason.BAD_LENGTH);
    pcrs.clear();
    assertRefused(evidence(), context(), Reason.BAD_FIELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"module_id", "digest", "timestamp", "certificate", "cabundle"})
  void refusesADocumentWithoutAMember(String member) {
    document.remove(member);
    assertRefused(evidence(), context(), Reason.MISSING_FIELD);
  }

  @Test
  void refusesMembersThatItDoesNotKnow() {
    assertRefusedWith("debug", CborWriter.integer(0), Reason.BAD_FIELD);
  }

  @Test
  void refusesADocumentDatedOutsideItsCertificate() {
    long early = Authority.NOW.minusSeconds(3 * 86_400).toEpochMilli();
    assertRefusedWith("timestamp", CborWriter.integer(early), Reason.INCONSISTENT);
  }

  @Test
  void refusesATaggedMessageAndTrailingBytes() {
    Evidence evidence = evidence();
    assertRefused(
        Refusals.with(evidence, CborWriter.tag(18, evidence.bytes())), context(), Reason.BAD_CBOR);
    assertRefused(
        Refusals.with(evidence, Keys.concat(evidence.bytes(), new byte[1])),
        context(),
        Reason.TRAILING_BYTES);
  }

  @Test
  void refusesCriticalHeaders() {
    byte[] header =
        Keys.concat(
            new byte[] {(byte) 0xa2, 1, 0x38, 34, 2}, CborWriter.array(CborWriter.integer(99)));
    byte[] message =
        CborWriter.array(
            CborWriter.bytes(header),
            CborWriter.map(Map.of()),
            CborWriter.bytes(payload()),
            CborWriter.bytes(new byte[96]));
    assertRefused(Evidence.of("nitro-cose-sign1", message), context(), Reason.BAD_CBOR);
  }

  @Test
  void pinsTheRootByItsKey() {
    assertRefused(evidence(), VerificationContext.full(Authority.NOW), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void refusesALeafThatIssues() throws Exception {
    // A leaf that is no authority issues the certificate that signs.
    KeyPair middle = Keys.rsa(13);
    Authority notAnAuthority =
        new Authority(ROOT.issue("middle", 6, middle, b -> {}), middle, "SHA256withRSA");
    document.put(
        "certificate", CborWriter.bytes(encoded(notAnAuthority.issue("leaf", 5, LEAF, b -> {}))));
    document.put(
        "cabundle",
        CborWriter.array(CborWriter.bytes(ROOT.der()), CborWriter.bytes(notAnAuthority.der())));
    assertRefused(evidence(), context(), Reason.NOT_AN_AUTHORITY);
  }

  @Test
  void refusesACertificateAfterItsTime() {
    VerificationContext late =
        new VerificationContext(
            VerificationMode.FULL,
            Optional.of(Authority.NOW.plusSeconds(400 * 86_400L)),
            Optional.of(ROOT.anchors()));
    assertRefused(evidence(), late, Reason.CERTIFICATE_EXPIRED);
  }

  @Test
  void aFlippedRegisterBreaksTheSignature() {
    byte[] bytes = evidence().bytes();
    int register = indexOf(bytes, filled(48, 1));
    assertRefused(Refusals.flipped(evidence(), register), context(), Reason.EVIDENCE_SIGNATURE);
    assertRefused(
        Refusals.flipped(evidence(), bytes.length - 1), context(), Reason.EVIDENCE_SIGNATURE);
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    Refusals.assertEveryFlipRefused(evidence(), context());
    Refusals.assertEveryOtherLengthRefused(evidence(), context());
  }

  private void assertRefusedWith(String member, byte[] value, Reason reason) {
    byte[] before = document.put(member, value);
    assertRefused(evidence(), context(), reason);
    if (before == null) {
      document.remove(member);
    } else {
      document.put(member, before);
    }
  }

  private byte[] payload() {
    document.computeIfPresent("pcrs", (key, old) -> CborWriter.map(pcrs));
    return CborWriter.map(document);
  }

  private Evidence evidence() {
    byte[] message =
        CborWriter.sign1(
            algorithm, payload(), toBeSigned -> Keys.signP384(LEAF.getPrivate(), toBeSigned));
    return Evidence.of("nitro-cose-sign1", message);
  }

  private static VerificationContext context() {
    return Refusals.full(ROOT.anchors());
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    List<Integer> found =
        IntStream.rangeClosed(0, bytes.length - part.length)
            .filter(i -> Arrays.equals(bytes, i, i + part.length, part, 0, part.length))
            .boxed()
            .toList();
    return found.get(0);
  }

  private static byte[] encoded(Encodable value) throws Exception {
    return value.getEncoded();
  }
}
