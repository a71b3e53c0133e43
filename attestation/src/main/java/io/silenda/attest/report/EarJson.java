package io.silenda.attest.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.Check;
import io.silenda.attest.Check.Outcome;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.Verdict;
import java.time.Instant;

/**
 * A verdict in the shape of an EAT attestation result (draft-ietf-rats-ear, JSON form) with the
 * trustworthiness vector of draft-ietf-rats-ar4si. It is a claims set and not signed.
 */
public final class EarJson {
  private static final String PROFILE = "tag:ietf.org,2026:rats/ear#01";

  /** Trustworthiness claims (draft-ietf-rats-ar4si, section 2.3). */
  private static final int NO_CLAIM = 0;

  private static final int AFFIRMING = 2;
  private static final int WARNING = 32;
  private static final int CONTRAINDICATED = 96;
  private static final int CRYPTO_FAILED = 99;

  private EarJson() {}

  /**
   * The claims set of one verdict.
   *
   * @param issuedAt when it was reached, by the caller's clock
   * @param policyId names the policy, such as its digest
   */
  public static ObjectNode of(Verdict verdict, Instant issuedAt, String policyId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("eat_profile", PROFILE);
    json.put("iat", issuedAt.getEpochSecond());
    json.putObject("ear.verifier-id")
        .put("developer", "https://silenda.io")
        .put("build", "silenda-attestation");
    ObjectNode submod = json.putObject("submods").putObject(verdict.format());
    ObjectNode vector = JsonNodeFactory.instance.objectNode();
    int identity = identity(verdict);
    int hardware = identity == AFFIRMING ? hardware(verdict) : NO_CLAIM;
    int executables = identity == AFFIRMING ? executables(verdict) : NO_CLAIM;
    int worst = Math.max(identity, Math.max(hardware, executables));
    submod.put("ear.status", status(verdict.accepted() ? worst : CONTRAINDICATED));
    vector.put("instance-identity", identity);
    vector.put("hardware", hardware);
    vector.put("executables", executables);
    submod.set("ear.trustworthiness-vector", vector);
    submod.put("ear.appraisal-policy-id", policyId);
    submod.set("silenda.verdict", VerdictJson.of("", verdict).without("id"));
    return json;
  }

  private static int identity(Verdict verdict) {
    return proven(verdict) && !verdict.measured().isEmpty() ? AFFIRMING : CRYPTO_FAILED;
  }

  /** Refused evidence is proven only where nothing but rules of the policy refused it. */
  private static boolean proven(Verdict verdict) {
    return verdict.accepted()
        || verdict.checks().stream()
            .filter(check -> check.outcome() == Outcome.FAILED)
            .allMatch(check -> check.name().startsWith("policy-"));
  }

  private static int hardware(Verdict verdict) {
    if (verdict.simulated()) {
      return CONTRAINDICATED;
    }
    if (failed(verdict, "policy-status") || failed(verdict, "policy-minimum")) {
      return CONTRAINDICATED;
    }
    if (verdict.tcbStatus().isEmpty() && !verdict.accepted()) {
      return NO_CLAIM;
    }
    return verdict.tcbStatus().filter(status -> status != TcbStatus.UP_TO_DATE).isPresent()
        ? WARNING
        : AFFIRMING;
  }

  private static int executables(Verdict verdict) {
    if (failed(verdict, "policy-measurement") || failed(verdict, "policy-debug")) {
      return CONTRAINDICATED;
    }
    boolean named =
        verdict.checks().stream()
            .anyMatch(check -> passed(check) && check.name().startsWith("policy-measurement-"));
    return named ? AFFIRMING : NO_CLAIM;
  }

  private static boolean passed(Check check) {
    return check.outcome() == Outcome.PASSED && check.reason() == Reason.NONE;
  }

  private static boolean failed(Verdict verdict, String prefix) {
    return verdict.checks().stream()
        .anyMatch(check -> check.outcome() == Outcome.FAILED && check.name().startsWith(prefix));
  }

  private static String status(int claim) {
    if (claim >= CONTRAINDICATED) {
      return "contraindicated";
    }
    if (claim >= WARNING) {
      return "warning";
    }
    return claim >= AFFIRMING ? "affirming" : "none";
  }
}
