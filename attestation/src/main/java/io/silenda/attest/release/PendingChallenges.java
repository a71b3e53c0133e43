package io.silenda.attest.release;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.KeyBinding;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nonces that were sent and not answered yet: at most so many, each for a short time, each good for
 * one answer. Thread-safe.
 */
final class PendingChallenges {
  private static final int CAPACITY = 4096;
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private record Pending(String keyName, Instant until) {}

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Pending> byNonce = new LinkedHashMap<>();

  synchronized byte[] issue(String keyName, Instant now) {
    byNonce.values().removeIf(pending -> !now.isBefore(pending.until()));
    Iterator<Pending> oldest = byNonce.values().iterator();
    if (byNonce.size() >= CAPACITY && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
    byte[] nonce = new byte[KeyBinding.NONCE_BYTES];
    random.nextBytes(nonce);
    byNonce.put(HexFormat.of().formatHex(nonce), new Pending(keyName, now.plus(LIFETIME)));
    return nonce;
  }

  /** Strikes out a nonce; what follows may fail, the nonce is gone. */
  synchronized void take(byte[] nonce, String keyName, Instant now) throws AttestationException {
    Pending pending = byNonce.remove(HexFormat.of().formatHex(nonce));
    if (pending == null || !pending.keyName().equals(keyName) || !now.isBefore(pending.until())) {
      throw new AttestationException(
          Reason.UNKNOWN_CHALLENGE,
          "release-challenge",
          "an answer to no challenge for key " + keyName,
          "one that was sent lately, once");
    }
  }
}
