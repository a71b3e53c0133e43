package io.silenda.attest.policy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.log.LogBundle;
import java.util.List;
import java.util.Map;

/** Registers that must have been published. */
final class LogRules {
  private LogRules() {}

  /** Rules about one log mean one release: a single entry has to hold all of their registers. */
  static List<Check> check(List<LogRule> rules, Claims claims, List<LogBundle> published) {
    return rules.stream()
        .map(
            rule ->
                check(
                    rule,
                    rules.stream().filter(other -> isSameLog(other, rule)).toList(),
                    claims,
                    published))
        .toList();
  }

  private static Check check(
      LogRule rule, List<LogRule> sameLog, Claims claims, List<LogBundle> published) {
    String name = "policy-log-" + rule.register();
    String value = claims.measured().get(rule.register());
    if (value == null) {
      return Check.failed(
          name, Reason.MISSING_MEASUREMENT, "no register " + rule.register(), "policy: " + rule);
    }
    String seen = "no proof from " + rule.origin();
    Reason reason = Reason.NOT_IN_LOG;
    for (LogBundle bundle : published) {
      try {
        Map<String, String> entry = bundle.verify(rule.key()).values();
        if (sameLog.stream().allMatch(each -> holds(each, entry, claims))) {
          return Check.passed(name, rule.register() + " " + value, "policy: " + rule);
        }
        seen = "an entry with other registers than " + rule.register() + " " + value;
      } catch (AttestationException e) {
        seen = e.check().seen();
        reason = Reason.LOG_PROOF;
      }
    }
    return Check.failed(name, reason, seen, "policy: " + rule);
  }

  private static boolean isSameLog(LogRule one, LogRule other) {
    return one.origin().equals(other.origin()) && one.publicKey().equals(other.publicKey());
  }

  private static boolean holds(LogRule rule, Map<String, String> entry, Claims claims) {
    String value = claims.measured().get(rule.register());
    return value != null && value.equals(entry.get(rule.register()));
  }
}
