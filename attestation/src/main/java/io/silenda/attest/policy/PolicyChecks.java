package io.silenda.attest.policy;

import io.silenda.attest.TcbStatus;
import io.silenda.attest.Tee;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The values that a policy may hold. */
final class PolicyChecks {
  /** Names of registers, components, checks, platforms, logs: no blanks and no separators. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+-]{0,255}");

  private static final Pattern HEX = Pattern.compile("([0-9a-f]{2}){0,2048}");

  /** Shorter ones repeat, or can be guessed; zeros are what an attester without a nonce sends. */
  private static final int MIN_NONCE_BYTES = 8;

  /** Words with a meaning of their own in the text. */
  private static final Set<String> RESERVED =
      Set.of(
          "accept",
          "any",
          "or",
          "is",
          "debug",
          "simulated",
          "status",
          "advisory",
          "nonce",
          "platform",
          "evaluation",
          "evidence",
          "collateral",
          "excuse",
          "measurements");

  private static final Set<TcbStatus> NEVER =
      EnumSet.of(TcbStatus.REVOKED, TcbStatus.NO_MATCHING_LEVEL);

  private PolicyChecks() {}

  static void requireName(String parameter, String value) {
    if (!NAME.matcher(value).matches() || RESERVED.contains(value)) {
      throw new IllegalArgumentException(
          parameter + ": " + value + " is no name (letters, digits and ._:/+-, no reserved word)");
    }
  }

  static void requireNames(String parameter, Allowed allowed) {
    allowed.values().forEach(value -> requireName(parameter, value));
  }

  /** As {@link #requireNames}, and at least one. */
  static void requireSomeNames(String parameter, Allowed allowed) {
    if (allowed.isNothing()) {
      throw new IllegalArgumentException(parameter + ": names no value");
    }
    requireNames(parameter, allowed);
  }

  static void requireHex(String parameter, String value, int bytes) {
    if (!HEX.matcher(value).matches() || value.length() != 2 * bytes) {
      throw new IllegalArgumentException(
          parameter + ": must be " + bytes + " bytes in lower-case hex");
    }
  }

  static void requireNonce(Allowed nonce) {
    if (nonce.values().size() > 1) {
      throw new IllegalArgumentException("nonce: " + nonce.values().size() + " values, at most 1");
    }
    for (String value : nonce.values()) {
      boolean zero = value.chars().allMatch(digit -> digit == '0');
      if (zero || value.length() < 2 * MIN_NONCE_BYTES || !HEX.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "nonce: must be at least "
                + MIN_NONCE_BYTES
                + " bytes in lower-case hex, not all of them zero");
      }
    }
  }

  static void requireTees(Allowed tees) {
    if (tees.isNothing()) {
      throw new IllegalArgumentException("accept: names no technology");
    }
    Set<String> known = Set.copyOf(Arrays.stream(Tee.values()).map(Tee::code).toList());
    for (String tee : tees.values()) {
      if (!known.contains(tee)) {
        throw new IllegalArgumentException("accept: " + tee + " is none of " + known);
      }
    }
  }

  static void requireStatuses(Allowed statuses) {
    if (statuses.isNothing()) {
      throw new IllegalArgumentException("status: names no status");
    }
    for (String code : statuses.values()) {
      if (TcbStatus.ofCode(code).filter(status -> !NEVER.contains(status)).isEmpty()) {
        throw new IllegalArgumentException(
            "status: " + code + " is no status of Intel's, or never acceptable");
      }
    }
  }

  static void requireAge(String parameter, Duration age) {
    if (age.isNegative() || age.isZero() || !age.equals(age.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException(
          parameter + ": " + age + ", must be whole seconds above 0");
    }
  }

  static void requireMinimum(String parameter, long value) {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new IllegalArgumentException(parameter + ": " + value + ", must be 0 to 4294967295");
    }
  }
}
