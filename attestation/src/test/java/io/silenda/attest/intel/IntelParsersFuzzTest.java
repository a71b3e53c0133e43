package io.silenda.attest.intel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.attest.AttestationException;
import io.silenda.attest.intel.collateral.Collateral;
import io.silenda.attest.intel.collateral.PckExtensions;
import io.silenda.attest.intel.collateral.QeIdentity;
import io.silenda.attest.intel.collateral.TcbInfo;
import io.silenda.attest.intel.quote.Quote;
import io.silenda.attest.log.LogBundle;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.RevocationList;
import io.silenda.attest.policy.PolicyFile;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.testing.TestPki;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Spoiled input is read or refused: no other exception, and no allocation out of proportion. */
class IntelParsersFuzzTest {
  private static final long SEED = 30;

  private static final Map<String, ParserFuzz> TARGETS = targets();

  private static Map<String, ParserFuzz> targets() {
    SyntheticIntel tdx = SyntheticIntel.tdx15();
    String collateral = tdx.collateral();
    X509CertificateHolder root = SyntheticIntel.root();
    Map<String, ParserFuzz> targets = new LinkedHashMap<>();
    targets.put("sgx quote", new ParserFuzz(Quote::parse, SyntheticIntel.sgx().quote()));
    targets.put("tdx quote v4", new ParserFuzz(Quote::parse, SyntheticIntel.tdxV4().quote()));
    targets.put("tdx quote v5", new ParserFuzz(Quote::parse, tdx.quote()));
    targets.put("collateral", new ParserFuzz(Collateral::parse, utf8(collateral)));
    targets.put(
        "TCB info", new ParserFuzz(it -> TcbInfo.parse(text(it)), member(collateral, "tcb_info")));
    targets.put(
        "QE identity",
        new ParserFuzz(it -> QeIdentity.parse(text(it)), member(collateral, "qe_identity")));
    targets.put(
        "PEM",
        new ParserFuzz(it -> Certificates.parsePem("pem", it), TestPki.pem(List.of(root, root))));
    targets.put(
        "certificate",
        new ParserFuzz(
            it -> PckExtensions.of(Certificates.parse("der", it)), TestPki.der(pck(tdx))));
    byte[] crl = HexFormat.of().parseHex(text(member(collateral, "pck_crl")));
    targets.put("revocation list", new ParserFuzz(it -> RevocationList.parse("crl", it), crl));
    targets.put(
        "policy text",
        new ParserFuzz(
            PolicyFile::parse, utf8("accept tdx; mrtd is aa or bb; snp at least 2; status any")));
    targets.put(
        "policy JSON",
        new ParserFuzz(
            PolicyFile::parse,
            utf8("{\"accept\":[\"tdx\"],\"measurements\":{\"mrtd\":[\"aa\"]}}")));
    targets.put(
        "log bundle",
        new ParserFuzz(
            LogBundle::parse,
            utf8("{\"entry\":\"x\",\"index\":0,\"proof\":[],\"checkpoint\":\"y\"}")));
    return targets;
  }

  private static X509CertificateHolder pck(SyntheticIntel tdx) {
    try {
      Quote quote = Quote.parse(tdx.quote());
      return Certificates.parsePem("pck", quote.signature().certificationData().data()).get(0);
    } catch (AttestationException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyMutantIsReadOrRefused() {
    return TARGETS.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> entry.getValue().run(SEED)));
  }

  /** Searches with the environment variable {@code JAZZER_FUZZ}; runs on an empty input without. */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    TARGETS.forEach((name, fuzz) -> fuzz.check(bytes, name));
  }

  private static byte[] member(String json, String name) {
    try {
      return utf8(new ObjectMapper().readTree(json).get(name).textValue());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
