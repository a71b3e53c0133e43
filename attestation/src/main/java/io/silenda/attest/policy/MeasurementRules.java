package io.silenda.attest.policy;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reference values. */
final class MeasurementRules {
  /** The one register that is a version: a minimum covers it as well as a value does. */
  private static final String ENCLAVE_VERSION = "isvsvn";

  private final Policy policy;

  MeasurementRules(Policy policy) {
    this.policy = policy;
  }

  List<Check> check(Claims claims) {
    Map<String, String> measured = claims.measured();
    List<Check> checks = new ArrayList<>();
    checks.add(coverage(claims));
    policy
        .measurements()
        .forEach((register, values) -> checks.add(register(register, values, measured)));
    return checks;
  }

  /** Whether the policy says anything about what tells this technology's code. */
  private Check coverage(Claims claims) {
    List<Set<String>> alternatives = Registers.identifying(claims.tee());
    Set<String> named = new TreeSet<>(policy.measurements().keySet());
    if (policy.minimumTcb().containsKey(ENCLAVE_VERSION)) {
      named.add(ENCLAVE_VERSION);
    }
    boolean covered = alternatives.stream().anyMatch(needed -> covers(named, needed));
    return Appraiser.check(
        "policy-measurements",
        covered || policy.measurementsAny(),
        Reason.MISSING_MEASUREMENT,
        named.isEmpty() ? "no reference value" : "reference values for " + named,
        describe(claims, alternatives));
  }

  private static boolean covers(Set<String> named, Set<String> needed) {
    return needed.stream()
        .allMatch(need -> named.stream().anyMatch(register -> Registers.matches(need, register)));
  }

  private static String describe(Claims claims, List<Set<String>> alternatives) {
    List<String> needed =
        alternatives.stream().map(set -> String.join(" and ", sorted(set))).toList();
    return claims.tee().code() + " needs reference values for " + String.join(", or ", needed);
  }

  private static List<String> sorted(Set<String> set) {
    return set.stream().sorted().toList();
  }

  private static Check register(String register, Allowed values, Map<String, String> measured) {
    String name = "policy-measurement-" + register;
    String line = register + " is " + values;
    String value = measured.get(register);
    if (value == null) {
      return Check.failed(
          name,
          Reason.MISSING_MEASUREMENT,
          "no register " + register + ", there are " + measured.keySet(),
          "policy: " + line);
    }
    return Appraiser.check(
        name, values.accepts(value), Reason.MEASUREMENT_MISMATCH, register + " " + value, line);
  }
}
