package io.silenda.attest.intel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.intel.collateral.Collateral;
import io.silenda.attest.intel.collateral.PckExtensions;
import io.silenda.attest.intel.collateral.QeIdentity;
import io.silenda.attest.intel.collateral.TcbInfo;
import io.silenda.attest.intel.quote.Quote;
import io.silenda.attest.log.LogBundle;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.RevocationList;
import io.silenda.attest.policy.PolicyFile;
import io.silenda.attest.testing.TestPki;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Spoiled input is read or refused: no other exception, and no allocation out of proportion. */
class IntelParsersFuzzTest {
  private static final int MUTANTS = 4_000;
  private static final long SEED = 30;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What reading allocates at most: a share of the input, and buffers of fixed size. */
  private static final int TIMES_INPUT = 16;

  private static final long FIXED_BYTES = 256 << 10;

  private interface Parser {
    void parse(byte[] bytes) throws AttestationException;
  }

  private record Target(Parser parser, byte[] good) {}

  private static final Map<String, Target> TARGETS = targets();

  private static Map<String, Target> targets() {
    SyntheticIntel tdx = SyntheticIntel.tdx15();
    String collateral = tdx.collateral();
    X509CertificateHolder root = SyntheticIntel.root();
    Map<String, Target> targets = new LinkedHashMap<>();
    targets.put("sgx quote", new Target(Quote::parse, SyntheticIntel.sgx().quote()));
    targets.put("tdx quote v4", new Target(Quote::parse, SyntheticIntel.tdxV4().quote()));
    targets.put("tdx quote v5", new Target(Quote::parse, tdx.quote()));
    targets.put("collateral", new Target(Collateral::parse, utf8(collateral)));
    targets.put(
        "TCB info", new Target(it -> TcbInfo.parse(text(it)), member(collateral, "tcb_info")));
    targets.put(
        "QE identity",
        new Target(it -> QeIdentity.parse(text(it)), member(collateral, "qe_identity")));
    targets.put(
        "PEM",
        new Target(it -> Certificates.parsePem("pem", it), TestPki.pem(List.of(root, root))));
    targets.put(
        "certificate",
        new Target(it -> PckExtensions.of(Certificates.parse("der", it)), TestPki.der(pck(tdx))));
    byte[] crl = HexFormat.of().parseHex(text(member(collateral, "pck_crl")));
    targets.put("revocation list", new Target(it -> RevocationList.parse("crl", it), crl));
    targets.put(
        "policy text",
        new Target(
            PolicyFile::parse, utf8("accept tdx; mrtd is aa or bb; snp at least 2; status any")));
    targets.put(
        "policy JSON",
        new Target(
            PolicyFile::parse,
            utf8("{\"accept\":[\"tdx\"],\"measurements\":{\"mrtd\":[\"aa\"]}}")));
    targets.put(
        "log bundle",
        new Target(
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
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> readsOrRefusesMutants(entry.getValue())));
  }

  private static void readsOrRefusesMutants(Target target) throws AttestationException {
    target.parser().parse(target.good());
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutant(target.good(), new SplittableRandom(SEED + i));
      // The first reads load classes.
      read += reads(target.parser(), mutant, i > MUTANTS / 10, "seed " + (SEED + i)) ? 1 : 0;
    }
    assertThat(read).isLessThan(MUTANTS);
  }

  /**
   * Without fuzzing this runs on an empty input only; the environment variable {@code JAZZER_FUZZ}
   * with the property {@code jazzer.hooks} makes it search.
   */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    for (Target target : TARGETS.values()) {
      reads(target.parser(), bytes, false, "fuzzed");
    }
  }

  private static boolean reads(Parser parser, byte[] bytes, boolean bounded, String seed) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean read = true;
    try {
      parser.parse(bytes);
    } catch (AttestationException e) {
      assertThat(e.reason()).as(seed).isNotEqualTo(Reason.INTERNAL);
      read = false;
    } catch (RuntimeException | Error e) {
      Assertions.fail(seed + ": " + HexFormat.of().formatHex(bytes), e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (bounded) {
      assertThat(allocated)
          .as("%s: bytes allocated for %d", seed, bytes.length)
          .isLessThan(TIMES_INPUT * (long) bytes.length + FIXED_BYTES);
    }
    return read;
  }

  private static byte[] mutant(byte[] good, SplittableRandom random) {
    byte[] mutant = good.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] = (byte) random.nextInt(256);
        case 1 -> mutant[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        case 2 -> mutant = Arrays.copyOf(mutant, 1 + at);
        case 3 -> mutant = splice(mutant, at, random.nextInt(mutant.length));
        default -> mutant[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return mutant;
  }

  /** Copies a piece of the input into itself. */
  private static byte[] splice(byte[] bytes, int from, int to) {
    int length = Math.min(64, bytes.length - Math.max(from, to));
    System.arraycopy(bytes, from, bytes, to, length);
    return bytes;
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
