package io.silenda.attest.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.testing.TestKey;
import io.silenda.attest.testing.TestPki;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Properly signed quotes with one thing wrong each: refused, each with a reason of its own. */
class IntelRefusalsTest {
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant EARLIER = Instant.parse("2025-01-01T00:00:00Z");
  private static final TestKey STRANGER = new TestKey("stranger");

  private record Wrong(Reason reason, Consumer<SyntheticIntel> change) {}

  @TestFactory
  Stream<DynamicTest> ofSgx() {
    return tests(SyntheticIntelFactory.SGX, both());
  }

  @TestFactory
  Stream<DynamicTest> ofTdx() {
    Map<String, Wrong> wrongs = new LinkedHashMap<>(both());
    wrongs.put("MRSIGNERSEAM", new Wrong(Reason.TDX_MODULE_MISMATCH, it -> it.body(64, 1)));
    wrongs.put("SEAMATTRIBUTES", new Wrong(Reason.TDX_MODULE_MISMATCH, it -> it.body(112, 1)));
    wrongs.put(
        "module of another version",
        new Wrong(Reason.TDX_MODULE_MISMATCH, it -> it.setTcbSvn(6, 9, 5)));
    wrongs.put(
        "module below every level",
        new Wrong(Reason.NO_MATCHING_TCB_LEVEL, it -> it.setTcbSvn(2, 1, 5)));
    wrongs.put(
        "TDX components below every level",
        new Wrong(Reason.NO_MATCHING_TCB_LEVEL, it -> it.setTcbSvn(6, 1, 2)));
    wrongs.put(
        "TCB info without modules",
        new Wrong(
            Reason.TDX_MODULE_MISMATCH,
            it -> it.tcbInfo(json -> json.remove("tdxModuleIdentities"))));
    wrongs.put(
        "TCB info of SGX",
        new Wrong(Reason.TCB_INFO_TYPE, it -> it.tcbInfo(json -> json.put("id", "SGX"))));
    wrongs.put(
        "identity of the QE of SGX",
        new Wrong(Reason.QE_IDENTITY_TYPE, it -> it.qeIdentity(json -> json.put("id", "QE"))));
    return tests(SyntheticIntelFactory.TDX_V4, wrongs);
  }

  private static Map<String, Wrong> both() {
    Map<String, Wrong> wrongs = new LinkedHashMap<>();
    certificates(wrongs);
    revocation(wrongs);
    collateral(wrongs);
    quotingEnclave(wrongs);
    return wrongs;
  }

  private static void certificates(Map<String, Wrong> wrongs) {
    wrongs.put(
        "PCK expired",
        new Wrong(
            Reason.CERTIFICATE_EXPIRED, it -> it.pck(spec -> spec.valid(EARLIER, TestPki.START))));
    wrongs.put(
        "PCK of tomorrow",
        new Wrong(
            Reason.CERTIFICATE_NOT_YET_VALID,
            it -> it.pck(spec -> spec.valid(TestPki.END, LATER))));
    wrongs.put(
        "CA that is none",
        new Wrong(
            Reason.NOT_AN_AUTHORITY, it -> it.pckCa(spec -> spec.usage(KeyUsage.keyCertSign))));
    wrongs.put(
        "CA without keyCertSign",
        new Wrong(
            Reason.NOT_AN_AUTHORITY,
            it ->
                it.pckCa(
                    spec ->
                        spec.extension(
                                TestPki.extension(
                                    Extension.basicConstraints, true, new BasicConstraints(true)))
                            .usage(KeyUsage.digitalSignature))));
    wrongs.put(
        "critical extension",
        new Wrong(
            Reason.UNKNOWN_CRITICAL_EXTENSION,
            it ->
                it.pck(
                    spec ->
                        spec.extension(
                            TestPki.extension(
                                new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE)))));
    wrongs.put(
        "certificate for something else as PCK",
        new Wrong(Reason.CERTIFICATE_ROLE, it -> it.pckName("Intel SGX TCB Signing")));
    wrongs.put(
        "CA for something else",
        new Wrong(Reason.CERTIFICATE_ROLE, it -> it.pckCaName("Intel SGX Other CA")));
    wrongs.put(
        "TCB signer that is none",
        new Wrong(Reason.CERTIFICATE_ROLE, it -> it.signerName("Intel SGX PCK Certificate")));
    wrongs.put(
        "TCB signer without its root",
        new Wrong(
            Reason.CERTIFICATE_ROLE,
            it -> it.collateral(json -> firstOnly(json, "tcb_info_issuer_chain"))));
    wrongs.put(
        "PCK that is an authority", new Wrong(Reason.CERTIFICATE_ROLE, it -> it.pck(s -> s.ca())));
  }

  private static void revocation(Map<String, Wrong> wrongs) {
    wrongs.put("PCK revoked", new Wrong(Reason.CERTIFICATE_REVOKED, it -> it.revokedByCa(3)));
    wrongs.put("PCK CA revoked", new Wrong(Reason.CERTIFICATE_REVOKED, it -> it.revokedByRoot(2)));
    wrongs.put(
        "TCB signer revoked", new Wrong(Reason.CERTIFICATE_REVOKED, it -> it.revokedByRoot(9)));
    wrongs.put(
        "stale list", new Wrong(Reason.CRL_EXPIRED, it -> it.crlValidity(EARLIER, TestPki.START)));
    wrongs.put(
        "list of tomorrow",
        new Wrong(Reason.CRL_NOT_YET_VALID, it -> it.crlValidity(TestPki.END, LATER)));
    wrongs.put(
        "list of the other issuer",
        new Wrong(
            Reason.CRL_ISSUER,
            it -> it.collateral(json -> json.set("pck_crl", json.get("root_ca_crl")))));
    wrongs.put(
        "list signed by a stranger",
        new Wrong(
            Reason.CRL_SIGNATURE,
            it ->
                it.collateral(
                    json ->
                        json.put(
                            "pck_crl",
                            HexFormat.of()
                                .formatHex(
                                    TestPki.crl(
                                        "Intel SGX PCK Platform CA",
                                        STRANGER,
                                        TestPki.START,
                                        TestPki.END))))));
    wrongs.put(
        "no list",
        new Wrong(Reason.MISSING_FIELD, it -> it.collateral(json -> json.remove("pck_crl"))));
    wrongs.put(
        "garbage for a list",
        new Wrong(Reason.BAD_CRL, it -> it.collateral(json -> json.put("pck_crl", "3003020101"))));
  }

  private static void collateral(Map<String, Wrong> wrongs) {
    wrongs.put(
        "TCB info changed",
        new Wrong(
            Reason.TCB_INFO_SIGNATURE,
            it ->
                it.collateral(
                    json -> json.put("tcb_info", json.get("tcb_info").textValue() + " "))));
    wrongs.put(
        "QE identity changed",
        new Wrong(
            Reason.QE_IDENTITY_SIGNATURE,
            it ->
                it.collateral(
                    json -> json.put("qe_identity", json.get("qe_identity").textValue() + " "))));
    String past = "2026-01-10T00:00:00Z";
    String future = "2026-01-20T00:00:00Z";
    wrongs.put(
        "TCB info expired",
        new Wrong(Reason.TCB_INFO_EXPIRED, it -> it.tcbInfo(json -> json.put("nextUpdate", past))));
    wrongs.put(
        "TCB info of tomorrow",
        new Wrong(
            Reason.TCB_INFO_NOT_YET_VALID,
            it -> it.tcbInfo(json -> json.put("issueDate", future))));
    wrongs.put(
        "QE identity expired",
        new Wrong(
            Reason.QE_IDENTITY_EXPIRED, it -> it.qeIdentity(json -> json.put("nextUpdate", past))));
    wrongs.put(
        "QE identity of tomorrow",
        new Wrong(
            Reason.QE_IDENTITY_NOT_YET_VALID,
            it -> it.qeIdentity(json -> json.put("issueDate", future))));
    wrongs.put(
        "FMSPC",
        new Wrong(
            Reason.FMSPC_MISMATCH, it -> it.tcbInfo(json -> json.put("fmspc", "00906ED50001"))));
    wrongs.put(
        "PCEID",
        new Wrong(Reason.PCEID_MISMATCH, it -> it.tcbInfo(json -> json.put("pceId", "0001"))));
    wrongs.put(
        "version of the TCB info",
        new Wrong(Reason.TCB_INFO_TYPE, it -> it.tcbInfo(json -> json.put("version", 4))));
    wrongs.put(
        "version of the QE identity",
        new Wrong(Reason.QE_IDENTITY_TYPE, it -> it.qeIdentity(json -> json.put("version", 1))));
    wrongs.put(
        "status that nobody knows",
        new Wrong(
            Reason.BAD_FIELD, it -> it.tcbLevel(0, json -> json.put("tcbStatus", "AllGood"))));
    wrongs.put(
        "platform below every level",
        new Wrong(
            Reason.NO_MATCHING_TCB_LEVEL,
            it ->
                it.tcbInfo(
                    json ->
                        json.get("tcbLevels")
                            .forEach(level -> ((ObjectNode) level.get("tcb")).put("pcesvn", 11)))));
    wrongs.put(
        "TCB info without levels",
        new Wrong(
            Reason.NO_MATCHING_TCB_LEVEL,
            it -> it.tcbInfo(json -> ((ArrayNode) json.get("tcbLevels")).removeAll())));
  }

  private static void quotingEnclave(Map<String, Wrong> wrongs) {
    wrongs.put("QE of another signer", new Wrong(Reason.QE_MRSIGNER, it -> it.qe(128, 1)));
    wrongs.put("another enclave as QE", new Wrong(Reason.QE_ISVPRODID, it -> it.qe(257, 1)));
    wrongs.put("MISCSELECT of the QE", new Wrong(Reason.QE_MISCSELECT, it -> it.qe(16, 1)));
    wrongs.put("QE in debug mode", new Wrong(Reason.QE_ATTRIBUTES, it -> it.qe(48, 0x13)));
    wrongs.put(
        "QE below every level", new Wrong(Reason.NO_MATCHING_TCB_LEVEL, it -> it.qe(258, 1)));
    wrongs.put(
        "reserved field of the QE", new Wrong(Reason.RESERVED_NOT_ZERO, it -> it.qe(100, 1)));
  }

  private static Stream<DynamicTest> tests(
      SyntheticIntelFactory factory, Map<String, Wrong> wrongs) {
    return wrongs.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> refuses(factory.make(), entry.getValue())));
  }

  private static void refuses(SyntheticIntel good, Wrong wrong) throws AttestationException {
    assertThat(good.verify().tcbStatus()).isPresent();
    wrong.change().accept(good);
    AttestationException refusal = catchThrowableOfType(AttestationException.class, good::verify);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as("%s", refusal).isEqualTo(wrong.reason());
    assertThat(refusal.check().seen()).isNotBlank();
    assertThat(refusal.check().wanted()).isNotBlank();
  }

  private static void firstOnly(ObjectNode json, String chain) {
    String end = "-----END CERTIFICATE-----\n";
    String text = json.get(chain).textValue();
    json.put(chain, text.substring(0, text.indexOf(end) + end.length()));
  }
}
