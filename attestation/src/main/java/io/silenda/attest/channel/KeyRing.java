package io.silenda.attest.channel;

import io.silenda.attest.hpke.HpkeKeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The worker's HPKE keys: one that new sessions get, and those before it until their time is over.
 * Thread-safe.
 */
final class KeyRing implements AutoCloseable {
  private record Held(HpkeKeyPair pair, Instant until) {}

  private final Duration lifetime;
  private final Duration grace;
  private final List<Held> retiring = new ArrayList<>();
  private Held current;

  /** Keys that are given out for {@code lifetime}, and serve for {@code grace} after that. */
  KeyRing(Duration lifetime, Duration grace, Instant now) {
    this.lifetime = lifetime;
    this.grace = grace;
    this.current = new Held(HpkeKeyPair.generate(0), now.plus(lifetime));
  }

  /** The key for a new session; a new one where the last has had its time. */
  synchronized HpkeKeyPair current(Instant now) {
    if (!now.isBefore(current.until())) {
      rotate(now);
    }
    return current.pair();
  }

  synchronized void rotate(Instant now) {
    int next = (current.pair().configuration().keyId() + 1) & 0xff;
    retiring.add(new Held(current.pair(), now.plus(grace)));
    current = new Held(HpkeKeyPair.generate(next), now.plus(lifetime));
  }

  /** Drops and hands out the keys whose time is over. */
  synchronized List<HpkeKeyPair> retire(Instant now) {
    List<HpkeKeyPair> retired = new ArrayList<>();
    for (Iterator<Held> each = retiring.iterator(); each.hasNext(); ) {
      Held held = each.next();
      if (!now.isBefore(held.until())) {
        retired.add(held.pair());
        each.remove();
      }
    }
    return retired;
  }

  @Override
  public synchronized void close() {
    retiring.forEach(held -> held.pair().close());
    retiring.clear();
    current.pair().close();
  }
}
