package io.silenda.bench.overhead;

import io.silenda.bench.backend.Subject;
import io.silenda.bench.peers.PeerFolders;
import java.util.List;

/**
 * What to measure, and for how long.
 *
 * @param subjects networks and their rows
 * @param quick few rounds
 * @param wattsPerCore of a busy core, for estimates of energy
 * @param peers where other libraries are run from
 */
public record OverheadOptions(
    List<Subject> subjects, boolean quick, double wattsPerCore, PeerFolders peers) {

  /** Copies, and checks. */
  public OverheadOptions {
    subjects = List.copyOf(subjects);
    if (!(wattsPerCore > 0)) {
      throw new IllegalArgumentException("wattsPerCore " + wattsPerCore + " is not positive");
    }
  }

  /** Times that every process is started anew. */
  int sittings() {
    return quick ? 1 : 5;
  }

  /** Nanoseconds that a backend is warmed up for, after two turns. */
  long warmUpNanos() {
    return quick ? 300_000_000L : 2_000_000_000L;
  }

  /** Requests that are warm-up enough. */
  int mostWarmUpRequests() {
    return quick ? 40 : 200;
  }

  /** Nanoseconds of rounds in a sitting. */
  long roundNanos() {
    return quick ? 2_000_000_000L : 10_000_000_000L;
  }

  /** Rounds even of slow networks. */
  int fewestRounds() {
    return quick ? 5 : 10;
  }

  /** Rounds of fast ones. */
  int mostRounds() {
    return quick ? 30 : 60;
  }
}
