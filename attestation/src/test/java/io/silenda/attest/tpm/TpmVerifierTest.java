package io.silenda.attest.tpm;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.synthetic.Authority;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.synthetic.SyntheticTpm;
import io.silenda.attest.testing.TestPki;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;

class TpmVerifierTest {
  private static final KeyPair EC_AK = Keys.ec("secp256r1", 41);
  private static final KeyPair RSA_AK = Keys.rsa(42);

  @Test
  void acceptsEcdsaAndRsa() throws Exception {
    SyntheticTpm tpm = new SyntheticTpm();
    Claims claims = accepted(evidence(tpm, tpm.ecdsa(EC_AK), EC_AK), context(EC_AK));
    assertThat(claims.nonce()).contains("01020304");
    assertThat(claims.measured())
        .containsEntry("pcr4", "04".repeat(32))
        .containsEntry("nonce", "01020304")
        .doesNotContainKey("pcr1");
    accepted(evidence(tpm, tpm.rsassa(RSA_AK), RSA_AK), context(RSA_AK));
  }

  @Test
  void acceptsPss() throws Exception {
    SyntheticTpm tpm = new SyntheticTpm();
    Signature pss = Signature.getInstance("RSASSA-PSS");
    pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    pss.initSign(RSA_AK.getPrivate());
    pss.update(tpm.quote());
    byte[] header = {0, 0x16, 0, 0x0b, 1, 0};
    Evidence evidence = evidence(tpm, Keys.concat(header, pss.sign()), RSA_AK);
    accepted(evidence, context(RSA_AK));
  }

  @Test
  void nothingSaysThatDebuggingIsOff() throws Exception {
    SyntheticTpm tpm = new SyntheticTpm();
    assertThat(accepted(evidence(tpm, tpm.ecdsa(EC_AK), EC_AK), context(EC_AK)).debug())
        .isEqualTo(DebugState.UNKNOWN);
  }

  private static final Authority MAKER = Authority.root("TPM maker", Keys.rsa(43), "SHA256withRSA");
  private static final String AIK = "2.23.133.8.3";
  private static final String EK = "2.23.133.8.1";

  private static Evidence certified(Consumer<X509v3CertificateBuilder> extensions) {
    SyntheticTpm tpm = new SyntheticTpm();
    byte[] ak = TestPki.der(MAKER.issue("AK", 2, EC_AK, extensions));
    return new Evidence(
        "tpm2-quote",
        tpm.quote(),
        List.of(
            new EndorsementFile("sig", tpm.ecdsa(EC_AK)),
            tpm.pcrFile(),
            new EndorsementFile("ak", ak),
            new EndorsementFile("maker", MAKER.der())));
  }

  private static void usage(X509v3CertificateBuilder builder, int usage) {
    Authority.add(builder, Extension.keyUsage.getId(), true, new KeyUsage(usage));
  }

  private static void purpose(X509v3CertificateBuilder builder, String oid) {
    KeyPurposeId purpose = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid));
    Authority.add(
        builder, Extension.extendedKeyUsage.getId(), false, new ExtendedKeyUsage(purpose));
  }

  @Test
  void acceptsAnAttestationKeyByItsCertificate() throws Exception {
    Evidence evidence =
        certified(
            builder -> {
              usage(builder, KeyUsage.digitalSignature);
              purpose(builder, AIK);
            });
    assertThat(accepted(evidence, Refusals.full(MAKER.anchors())).simulated()).isFalse();
    assertRefused(evidence, context(RSA_AK), Reason.UNTRUSTED_ROOT);
    assertRefused(evidence, VerificationContext.full(Authority.NOW), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void certificatesForOtherPurposesAreRefused() {
    assertRole(builder -> usage(builder, KeyUsage.digitalSignature));
    assertRole(
        builder -> {
          usage(builder, KeyUsage.digitalSignature);
          purpose(builder, EK);
        });
  }

  @Test
  void certificatesOfKeysThatDoNotSignAreRefused() {
    assertRole(builder -> purpose(builder, AIK));
    assertRole(
        builder -> {
          usage(builder, KeyUsage.keyEncipherment);
          purpose(builder, AIK);
        });
  }

  private static void assertRole(Consumer<X509v3CertificateBuilder> extensions) {
    assertRefused(certified(extensions), Refusals.full(MAKER.anchors()), Reason.CERTIFICATE_ROLE);
  }

  @Test
  void aBareKeyWithoutRootsIsSimulated() throws Exception {
    SyntheticTpm tpm = new SyntheticTpm();
    Evidence evidence = evidence(tpm, tpm.ecdsa(EC_AK), EC_AK);
    VerificationContext noRoots = VerificationContext.full(Authority.NOW);
    assertThat(accepted(evidence, noRoots).simulated()).isTrue();
    assertThat(accepted(evidence, context(EC_AK)).simulated()).isFalse();
    assertRefused(evidence, Refusals.full(List.of()), Reason.UNTRUSTED_ROOT);
    Refusals.assertEveryFlipRefused(evidence, noRoots);
  }

  @Test
  void refusesStructuresThatAreNoQuotes() {
    assertQuote(new SyntheticTpm().magic(0xff544348), Reason.TPM_MAGIC);
    assertQuote(new SyntheticTpm().type(0x8017), Reason.TPM_TYPE);
    assertQuote(new SyntheticTpm().bank(0x0004), Reason.UNSUPPORTED_ALGORITHM);
    assertQuote(new SyntheticTpm().selectBytes(5), Reason.PCR_SELECTION);
    assertQuote(new SyntheticTpm().nonce(new byte[67]), Reason.BAD_LENGTH);
  }

  @Test
  void refusesRegistersThatTheQuoteDoesNotProve() {
    SyntheticTpm tpm = new SyntheticTpm();
    SortedMap<Integer, byte[]> changed = new TreeMap<>(tpm.pcrs());
    changed.put(4, new byte[32]);
    assertRegisters(tpm, changed, Reason.PCR_DIGEST);
    SortedMap<Integer, byte[]> fewer = new TreeMap<>(tpm.pcrs());
    fewer.remove(4);
    assertRegisters(tpm, fewer, Reason.PCR_SELECTION);
    // A register beside the quoted ones: nothing vouches for it.
    SortedMap<Integer, byte[]> more = new TreeMap<>(tpm.pcrs());
    more.put(5, new byte[32]);
    assertRegisters(tpm, more, Reason.PCR_SELECTION);
    // The same concatenation, cut elsewhere.
    SortedMap<Integer, byte[]> shifted = new TreeMap<>(tpm.pcrs());
    shifted.put(4, Arrays.copyOf(shifted.get(4), 31));
    assertRegisters(tpm, shifted, Reason.BAD_FIELD);
  }

  @Test
  void refusesOtherPcrFiles() {
    SyntheticTpm tpm = new SyntheticTpm();
    assertPcrFile(tpm, "{\"99\":\"00\"}", Reason.BAD_FIELD);
    assertPcrFile(tpm, "{\"04\":\"00\"}", Reason.BAD_FIELD);
    assertPcrFile(tpm, "{\"4\":\"xy\"}", Reason.BAD_JSON);
    assertPcrFile(tpm, "{\"4\":\"00\",\"4\":\"00\"}", Reason.BAD_JSON);
    assertPcrFile(tpm, "{\"sha384\":{}}", Reason.PCR_SELECTION);
    assertPcrFile(tpm, "[]", Reason.BAD_JSON);
  }

  @Test
  void acceptsBanksByName() throws Exception {
    SyntheticTpm tpm = new SyntheticTpm();
    String flat = new String(tpm.pcrFile().bytes(), StandardCharsets.US_ASCII);
    accepted(withPcrs(tpm, "{\"sha256\":" + flat + "}"), context(EC_AK));
    // A bank that was not quoted.
    assertPcrFile(tpm, "{\"sha256\":" + flat + ",\"sha384\":{}}", Reason.PCR_SELECTION);
  }

  @Test
  void refusesSignaturesOfOthersAndOfOtherKinds() {
    SyntheticTpm tpm = new SyntheticTpm();
    KeyPair other = Keys.ec("secp256r1", 44);
    assertRefused(
        evidence(tpm, tpm.ecdsa(other), EC_AK), context(EC_AK), Reason.EVIDENCE_SIGNATURE);
    assertRefused(evidence(tpm, tpm.rsassa(RSA_AK), EC_AK), context(EC_AK), Reason.BAD_KEY);
    assertRefused(evidence(tpm, tpm.ecdsa(EC_AK), RSA_AK), context(RSA_AK), Reason.BAD_KEY);
    byte[] zeros = tpm.ecdsa(EC_AK);
    Arrays.fill(zeros, 6, 38, (byte) 0);
    assertRefused(evidence(tpm, zeros, EC_AK), context(EC_AK), Reason.BAD_SIGNATURE_ENCODING);
    byte[] sha1 = tpm.ecdsa(EC_AK);
    sha1[3] = 4;
    assertRefused(evidence(tpm, sha1, EC_AK), context(EC_AK), Reason.UNSUPPORTED_ALGORITHM);
    byte[] hmac = tpm.ecdsa(EC_AK);
    hmac[1] = 5;
    assertRefused(evidence(tpm, hmac, EC_AK), context(EC_AK), Reason.UNSUPPORTED_ALGORITHM);
  }

  @Test
  void theKeyMustBeTheCallersOwn() {
    SyntheticTpm tpm = new SyntheticTpm();
    assertRefused(evidence(tpm, tpm.ecdsa(EC_AK), EC_AK), context(RSA_AK), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void refusesMissingFiles() {
    assertRefused(
        Evidence.of("tpm2-quote", new SyntheticTpm().quote()),
        context(EC_AK),
        Reason.MISSING_FIELD);
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    SyntheticTpm tpm = new SyntheticTpm();
    Evidence evidence = evidence(tpm, tpm.ecdsa(EC_AK), EC_AK);
    Refusals.assertEveryFlipRefused(evidence, context(EC_AK));
    Refusals.assertEveryOtherLengthRefused(evidence, context(EC_AK));
  }

  private static void assertQuote(SyntheticTpm tpm, Reason reason) {
    assertRefused(evidence(tpm, tpm.ecdsa(EC_AK), EC_AK), context(EC_AK), reason);
  }

  private static void assertRegisters(
      SyntheticTpm tpm, Map<Integer, byte[]> registers, Reason reason) {
    String json = new String(SyntheticTpm.pcrFile(registers).bytes(), StandardCharsets.US_ASCII);
    assertPcrFile(tpm, json, reason);
  }

  private static void assertPcrFile(SyntheticTpm tpm, String json, Reason reason) {
    assertRefused(withPcrs(tpm, json), context(EC_AK), reason);
  }

  private static Evidence withPcrs(SyntheticTpm tpm, String json) {
    return new Evidence(
        "tpm2-quote",
        tpm.quote(),
        List.of(
            new EndorsementFile("sig", tpm.ecdsa(EC_AK)),
            new EndorsementFile("pcrs", json.getBytes(StandardCharsets.US_ASCII)),
            keyFile(EC_AK)));
  }

  private static Evidence evidence(SyntheticTpm tpm, byte[] signature, KeyPair key) {
    return new Evidence(
        "tpm2-quote",
        tpm.quote(),
        List.of(new EndorsementFile("sig", signature), tpm.pcrFile(), keyFile(key)));
  }

  private static EndorsementFile keyFile(KeyPair key) {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    return new EndorsementFile("ak.pem", pem.getBytes(StandardCharsets.US_ASCII));
  }

  private static VerificationContext context(KeyPair key) {
    return Refusals.full(List.of(new TrustAnchor("ak", key.getPublic().getEncoded())));
  }
}
