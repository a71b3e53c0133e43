package io.silenda.attest.lockdown;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Locks this process down, for good: afterwards it can compute, load classes and use descriptors
 * that are open. To be called before any input is read, from any thread.
 */
public final class Lockdown {
  private final ProcessFacts facts;
  private final Map<Protection, String> missing = new EnumMap<>(Protection.class);

  private Lockdown(ProcessFacts facts) {
    this.facts = facts;
  }

  /**
   * Loads the library and sets a variable that native libraries, loaded later, will see; Java's own
   * view of the environment stays as it was.
   *
   * @param library {@code libsilenda_lockdown.so}
   * @throws IllegalStateException if the variable cannot be set
   * @throws UnsatisfiedLinkError if the library cannot be loaded
   */
  public static void setNativeVariable(Path library, String name, String value) {
    System.load(library.toAbsolutePath().toString());
    // Java copies the environment at the first look: what came from outside has to be in the copy.
    System.getenv();
    int errno = LockdownNatives.setVariable(name, value);
    if (errno != 0) {
      throw new IllegalStateException(name + " cannot be set: error " + errno);
    }
  }

  /**
   * Applies everything that the kernel has, and looks at every thread for what holds.
   *
   * @param library {@code libsilenda_lockdown.so}
   * @throws UnsatisfiedLinkError if the library cannot be loaded
   */
  public static SelfDescription apply(Path library) {
    System.load(library.toAbsolutePath().toString());
    Lockdown lockdown = new Lockdown(ProcessFacts.ofThisProcess());
    lockdown.act();
    lockdown.look();
    return new SelfDescription(lockdown.missing);
  }

  private void act() {
    note(Protection.NON_DUMPABLE, LockdownNatives.makeNonDumpable());
    int locked = LockdownNatives.lockMemory();
    if (locked != 0 && LockdownNatives.swapBytes() != 0) {
      note(Protection.NO_SWAP, locked);
    }
    note(Protection.SYSTEM_CALL_FILTER, LockdownNatives.installSystemCallFilter());
  }

  private void note(Protection protection, int errno) {
    if (errno != 0) {
      missing.put(protection, "the kernel refused with error " + errno);
    }
  }

  private interface Look {
    String difference() throws IOException;
  }

  private void look() {
    check(Protection.ISOLATED_FILES, facts::rootDifference);
    check(Protection.LANDLOCK, facts::landlockDifference);
    check(Protection.NO_NEW_PRIVILEGES, () -> facts.threadDifference("NoNewPrivs", "1"));
    check(Protection.NO_CAPABILITIES, facts::capabilityDifference);
    check(Protection.SYSTEM_CALL_FILTER, () -> facts.threadDifference("Seccomp", "2"));
    check(Protection.NO_NETWORK, facts::networkDifference);
    check(Protection.NO_CORE_DUMP, facts::coreLimitDifference);
    check(Protection.EMPTY_ENVIRONMENT, facts::environmentDifference);
  }

  /** What cannot be looked at does not hold. */
  private void check(Protection protection, Look look) {
    String difference;
    try {
      difference = look.difference();
    } catch (IOException | RuntimeException e) {
      difference = "cannot be checked (" + e.getClass().getSimpleName() + ")";
    }
    if (!difference.isEmpty()) {
      missing.putIfAbsent(protection, difference);
    }
  }
}
