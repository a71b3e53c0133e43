package io.silenda.attest.policy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.Reason;
import io.silenda.attest.log.LogBundle;
import io.silenda.attest.log.LogKey;
import java.util.HexFormat;
import java.util.List;

/** Registers that must have been published. */
final class LogRules {
  private LogRules() {}

  static Check check(LogRule rule, Claims claims, List<LogBundle> published) {
    String name = "policy-log-" + rule.register();
    String value = claims.measured().get(rule.register());
    if (value == null) {
      return Check.failed(
          name, Reason.MISSING_MEASUREMENT, "no register " + rule.register(), "policy: " + rule);
    }
    LogKey key = new LogKey(rule.origin(), HexFormat.of().parseHex(rule.publicKey()));
    String seen = "no proof from " + rule.origin();
    Reason reason = Reason.NOT_IN_LOG;
    for (LogBundle bundle : published) {
      try {
        if (value.equals(bundle.verify(key).values().get(rule.register()))) {
          return Check.passed(name, rule.register() + " " + value, "policy: " + rule);
        }
        seen = "an entry with another " + rule.register() + " than " + value;
      } catch (AttestationException e) {
        seen = e.check().seen();
        reason = Reason.LOG_PROOF;
      }
    }
    return Check.failed(name, reason, seen, "policy: " + rule);
  }
}
