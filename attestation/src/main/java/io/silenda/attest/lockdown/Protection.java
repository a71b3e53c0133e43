package io.silenda.attest.lockdown;

import java.util.Locale;
import java.util.Optional;

/** What a worker can be protected by. The order is that of reports. */
public enum Protection {
  /** The root of the file system is the measured, read-only copy and nothing else. */
  ISOLATED_FILES("the file system is the measured copy and nothing else"),
  /** The kernel's Landlock refuses every file outside the copy. */
  LANDLOCK("Landlock refuses files outside the copy"),
  /** No thread can gain a privilege by executing something. */
  NO_NEW_PRIVILEGES("no new privileges, in every thread"),
  /** No thread holds or can get a capability. */
  NO_CAPABILITIES("no capabilities, in every thread"),
  /** Every thread is under the list of allowed system calls. */
  SYSTEM_CALL_FILTER("seccomp filter, in every thread"),
  /** The only network interface is an unconnected loopback. */
  NO_NETWORK("a network namespace without interfaces"),
  /** The kernel writes no core dump. */
  NO_CORE_DUMP("core dumps of no bytes"),
  /** Other processes of the same user can neither attach nor read memory. */
  NON_DUMPABLE("not dumpable, not traceable"),
  /** Memory is locked, or the system has no swap space. */
  NO_SWAP("memory locked, or no swap space"),
  /** No environment variable reached the process. */
  EMPTY_ENVIRONMENT("an empty environment");

  private final String meaning;

  Protection(String meaning) {
    this.meaning = meaning;
  }

  /** The name in policies and reports, such as {@code no-swap}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it means, for people. */
  public String meaning() {
    return meaning;
  }

  /** The protection of that name. */
  public static Optional<Protection> ofCode(String code) {
    for (Protection each : values()) {
      if (each.code().equals(code)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
