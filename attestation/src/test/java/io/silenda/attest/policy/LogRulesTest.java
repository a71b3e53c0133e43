package io.silenda.attest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.log.LogBundle;
import io.silenda.attest.log.LogEntry;
import io.silenda.attest.log.MerkleLog;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

class LogRulesTest {
  private static final String ORIGIN = "silenda.io/releases";
  private static final Ed25519PrivateKeyParameters KEY =
      new Ed25519PrivateKeyParameters(new byte[32]);
  private static final LogRule RULE =
      new LogRule("mrtd", ORIGIN, HexFormat.of().formatHex(KEY.generatePublicKey().getEncoded()));

  private static LogBundle bundle(String mrtd) {
    return bundle(Map.of("mrtd", mrtd));
  }

  private static LogBundle bundle(Map<String, String> values) {
    MerkleLog log = new MerkleLog(ORIGIN);
    log.append(new LogEntry("worker 1", new TreeMap<>(Map.of("mrtd", "00"))));
    log.append(new LogEntry("worker 2", new TreeMap<>(values)));
    return log.bundle(1, KEY);
  }

  private static Check check(LogBundle... bundles) {
    Claims claims = Claims.builder(Tee.TDX, "tdx-quote-v4").measured("mrtd", "aa").build();
    return LogRules.check(List.of(RULE), claims, List.of(bundles)).get(0);
  }

  @Test
  void aPublishedMeasurementPasses() {
    assertThat(check(bundle("aa")).outcome()).isEqualTo(Check.Outcome.PASSED);
    assertThat(check(bundle("bb"), bundle("aa")).outcome()).isEqualTo(Check.Outcome.PASSED);
  }

  @Test
  void whatIsNotPublishedIsRefused() {
    assertThat(check().reason()).isEqualTo(Reason.NOT_IN_LOG);
    assertThat(check(bundle("bb")).reason()).isEqualTo(Reason.NOT_IN_LOG);
    Claims without = Claims.builder(Tee.TDX, "tdx-quote-v4").build();
    assertThat(LogRules.check(List.of(RULE), without, List.of(bundle("aa"))).get(0).reason())
        .isEqualTo(Reason.MISSING_MEASUREMENT);
  }

  @Test
  void registersOfTwoReleasesAreNoRelease() {
    Claims claims =
        Claims.builder(Tee.TDX, "tdx-quote-v4")
            .measured("mrtd", "aa")
            .measured("rtmr0", "b0")
            .build();
    List<LogRule> rules = List.of(RULE, new LogRule("rtmr0", ORIGIN, RULE.publicKey()));
    LogBundle one = bundle(Map.of("mrtd", "aa", "rtmr0", "00"));
    LogBundle other = bundle(Map.of("mrtd", "00", "rtmr0", "b0"));
    assertThat(LogRules.check(rules, claims, List.of(one, other)))
        .extracting(Check::reason)
        .containsOnly(Reason.NOT_IN_LOG);
    LogBundle whole = bundle(Map.of("mrtd", "aa", "rtmr0", "b0"));
    assertThat(LogRules.check(rules, claims, List.of(one, other, whole)))
        .extracting(Check::outcome)
        .containsOnly(Check.Outcome.PASSED);
  }

  @Test
  void aProofThatDoesNotHoldIsRefused() {
    LogBundle good = bundle("aa");
    LogBundle forged =
        new LogBundle(
            new LogEntry("worker 2", new TreeMap<>(Map.of("mrtd", "ab"))).toBytes(),
            good.index(),
            good.proof(),
            good.checkpoint());
    assertThat(check(forged).reason()).isEqualTo(Reason.LOG_PROOF);
  }
}
