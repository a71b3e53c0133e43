package io.silenda.attest.intel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.testing.TestKey;
import io.silenda.attest.testing.TestPki;
import io.silenda.attest.testing.TestPki.Spec;
import io.silenda.attest.verifier.EvidenceFormats;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Quotes and collateral under a root of the tests' own. Everything is good until a test changes it;
 * changes are made before signing, so that only the rule under test can refuse.
 */
public final class SyntheticIntel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestKey ROOT = new TestKey("root");
  private static final TestKey PCK_CA = new TestKey("pck ca");
  private static final TestKey PCK = new TestKey("pck");
  private static final TestKey SIGNER = new TestKey("tcb signer");
  private static final TestKey ATTESTATION = new TestKey("attestation");
  private static final HexFormat HEX = HexFormat.of();
  private static final String ROOT_CN = "Intel SGX Root CA";

  private final String format;
  private final int bodyType;
  private final byte[] body;
  private final byte[] qeReport = new byte[384];
  private final byte[] authData = {1, 2, 3, 4};
  private final ObjectNode tcbInfo = JSON.createObjectNode();
  private final ObjectNode qeIdentity = JSON.createObjectNode();
  private String pckCaName = "Intel SGX PCK Platform CA";
  private String pckName = "Intel SGX PCK Certificate";
  private String signerName = "Intel SGX TCB Signing";
  private Consumer<Spec> pckSpec = spec -> {};
  private Consumer<Spec> caSpec = Spec::ca;
  private TestKey tcbInfoKey = SIGNER;
  private long[] revokedByCa = {};
  private long[] revokedByRoot = {};
  private Instant crlEnd = TestPki.END;
  private Instant crlStart = TestPki.START;
  private byte[] trailing = {};
  private Consumer<byte[]> afterSigning = quote -> {};
  private Consumer<ObjectNode> collateralChange = collateral -> {};

  private SyntheticIntel(String format, int bodyType, int bodyBytes) {
    this.format = format;
    this.bodyType = bodyType;
    this.body = new byte[bodyBytes];
    fillQe();
    new SyntheticTcb(isTdx()).fill(tcbInfo, qeIdentity);
  }

  static SyntheticIntel sgx() {
    SyntheticIntel sgx = new SyntheticIntel("sgx-quote-v3", 1, 384);
    sgx.body[48] = 0x05; // ATTRIBUTES: INIT, MODE64BIT
    Arrays.fill(sgx.body, 64, 96, (byte) 0xaa);
    Arrays.fill(sgx.body, 128, 160, (byte) 0xbb);
    sgx.body[256] = 7;
    sgx.body[258] = 3;
    return sgx;
  }

  public static SyntheticIntel tdxV4() {
    return tdx("tdx-quote-v4", 2, 584);
  }

  static SyntheticIntel tdxV5() {
    return tdx("tdx-quote-v5", 2, 584);
  }

  static SyntheticIntel tdx15() {
    SyntheticIntel tdx = tdx("tdx-quote-v5", 3, 648);
    tdx.setTcbSvn2(6, 1, 5);
    return tdx;
  }

  private static SyntheticIntel tdx(String format, int type, int length) {
    SyntheticIntel tdx = new SyntheticIntel(format, type, length);
    tdx.setTcbSvn(6, 1, 5);
    tdx.body[123] = 0x10; // TDATTRIBUTES: SEPT_VE_DISABLE
    for (int i = 0; i < 4; i++) {
      Arrays.fill(tdx.body, 328 + 48 * i, 328 + 48 * (i + 1), (byte) (0x30 + i));
    }
    Arrays.fill(tdx.body, 136, 184, (byte) 0x22);
    Arrays.fill(tdx.body, 520, 584, (byte) 0x44);
    return tdx;
  }

  private boolean isTdx() {
    return bodyType > 1;
  }

  private int version() {
    return format.charAt(format.length() - 1) - '0';
  }

  private void fillQe() {
    qeReport[48] = 0x11;
    Arrays.fill(qeReport, 128, 160, (byte) 0xcc);
    qeReport[256] = (byte) (isTdx() ? 2 : 1);
    qeReport[258] = 8;
  }

  // ---- what tests change

  public SyntheticIntel body(int offset, int value) {
    body[offset] = (byte) value;
    return this;
  }

  SyntheticIntel qe(int offset, int value) {
    qeReport[offset] = (byte) value;
    return this;
  }

  /** TEE_TCB_SVN: the module's security version and version, and the microcode's. */
  SyntheticIntel setTcbSvn(int isvSvn, int version, int microcode) {
    return body(0, isvSvn).body(1, version).body(2, microcode);
  }

  SyntheticIntel setTcbSvn2(int isvSvn, int version, int microcode) {
    return body(584, isvSvn).body(585, version).body(586, microcode);
  }

  SyntheticIntel tcbInfo(Consumer<ObjectNode> change) {
    change.accept(tcbInfo);
    return this;
  }

  SyntheticIntel qeIdentity(Consumer<ObjectNode> change) {
    change.accept(qeIdentity);
    return this;
  }

  /** Changes the members of a level of the platform. */
  SyntheticIntel tcbLevel(int index, Consumer<ObjectNode> change) {
    change.accept((ObjectNode) tcbInfo.get("tcbLevels").get(index));
    return this;
  }

  SyntheticIntel collateral(Consumer<ObjectNode> change) {
    collateralChange = change;
    return this;
  }

  SyntheticIntel pck(Consumer<Spec> change) {
    pckSpec = change;
    return this;
  }

  SyntheticIntel pckCa(Consumer<Spec> change) {
    caSpec = change;
    return this;
  }

  SyntheticIntel pckName(String name) {
    pckName = name;
    return this;
  }

  SyntheticIntel pckCaName(String name) {
    pckCaName = name;
    return this;
  }

  SyntheticIntel signerName(String name) {
    signerName = name;
    return this;
  }

  SyntheticIntel tcbInfoKey(TestKey key) {
    tcbInfoKey = key;
    return this;
  }

  SyntheticIntel revokedByCa(long... serials) {
    revokedByCa = serials;
    return this;
  }

  SyntheticIntel revokedByRoot(long... serials) {
    revokedByRoot = serials;
    return this;
  }

  SyntheticIntel crlValidity(Instant from, Instant until) {
    crlStart = from;
    crlEnd = until;
    return this;
  }

  SyntheticIntel trailing(byte... bytes) {
    trailing = bytes;
    return this;
  }

  SyntheticIntel afterSigning(Consumer<byte[]> change) {
    afterSigning = change;
    return this;
  }

  // ---- what comes out

  /** Length of what the quote signs. */
  int signedBytes() {
    return new SyntheticQuote(version(), bodyType, body).signedBytes();
  }

  public Evidence evidence() {
    EndorsementFile collateral =
        new EndorsementFile("collateral.json", collateral().getBytes(StandardCharsets.UTF_8));
    return new Evidence(format, quote(), List.of(collateral));
  }

  public static VerificationContext context() {
    return context(VerificationMode.FULL);
  }

  static VerificationContext context(VerificationMode mode) {
    return new VerificationContext(
        mode, Optional.of(TestPki.NOW), Optional.of(List.of(TrustAnchor.of("root", root()))));
  }

  Claims verify() throws AttestationException {
    return verify(new CheckList());
  }

  Claims verify(CheckList checks) throws AttestationException {
    return EvidenceFormats.all().verify(evidence(), context(), checks);
  }

  byte[] quote() {
    SyntheticQuote layout = new SyntheticQuote(version(), bodyType, body);
    byte[] report = qeReport.clone();
    byte[] hash = TestKey.sha256(ATTESTATION.rawPoint(), authData);
    System.arraycopy(hash, 0, report, 320, 32);
    byte[] chain = TestPki.pem(List.of(pckCertificate(), caCertificate(), root()));
    byte[] certified = SyntheticQuote.certification(report, PCK, authData, chain);
    byte[] quote = layout.quote(ATTESTATION, certified, trailing);
    afterSigning.accept(quote);
    return quote;
  }

  String collateral() {
    String info = tcbInfo.toString();
    String identity = qeIdentity.toString();
    X509CertificateHolder signer =
        new Spec(signerName, tcbInfoKey, ROOT_CN, ROOT).serial(9).build();
    String chain = text(TestPki.pem(List.of(signer, root())));
    ObjectNode json = JSON.createObjectNode();
    json.put("pck_crl_issuer_chain", text(TestPki.pem(List.of(caCertificate(), root()))));
    json.put(
        "root_ca_crl", HEX.formatHex(TestPki.crl(ROOT_CN, ROOT, crlStart, crlEnd, revokedByRoot)));
    json.put(
        "pck_crl", HEX.formatHex(TestPki.crl(pckCaName, PCK_CA, crlStart, crlEnd, revokedByCa)));
    json.put("tcb_info_issuer_chain", chain).put("tcb_info", info);
    json.put(
        "tcb_info_signature",
        HEX.formatHex(tcbInfoKey.sign(info.getBytes(StandardCharsets.UTF_8))));
    json.put("qe_identity_issuer_chain", chain).put("qe_identity", identity);
    json.put(
        "qe_identity_signature",
        HEX.formatHex(tcbInfoKey.sign(identity.getBytes(StandardCharsets.UTF_8))));
    collateralChange.accept(json);
    return json.toString();
  }

  static X509CertificateHolder root() {
    return new Spec(ROOT_CN, ROOT, ROOT_CN, ROOT).ca().serial(1).build();
  }

  private X509CertificateHolder caCertificate() {
    Spec spec = new Spec(pckCaName, PCK_CA, ROOT_CN, ROOT).serial(2);
    caSpec.accept(spec);
    return spec.build();
  }

  private X509CertificateHolder pckCertificate() {
    Spec spec =
        new Spec(pckName, PCK, pckCaName, PCK_CA).serial(3).extension(SyntheticPckExtension.sgx());
    pckSpec.accept(spec);
    return spec.build();
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
