package io.silenda.attest.batch;

import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;

/**
 * The policies that a batch names. They exist to compare verifiers and are far weaker than what is
 * right for an application: nothing is pinned, and the TCB is reported rather than judged.
 */
final class BatchPolicies {
  /** Debug and revoked platforms are refused; everything else is reported. */
  static final Policy DEFAULT = lenient().build();

  /** As {@link #DEFAULT}, with debug allowed. */
  static final Policy ALLOW_DEBUG = lenient().insecureAllowDebug().build();

  private BatchPolicies() {}

  private static Policy.Builder lenient() {
    return Policy.accepting(Allowed.anyValue())
        .statuses(Allowed.anyValue())
        .advisories(Allowed.anyValue())
        .insecureAnyMeasurement()
        .insecureAnyNonce()
        .excused(Allowed.anyValue());
  }
}
