package io.silenda.attest.hpke;

import io.silenda.attest.AttestationException;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.jspecify.annotations.Nullable;

/**
 * A private X25519 key and its public configuration. {@link #close} drops the private key: Bouncy
 * Castle's key objects cannot be overwritten, so its bytes go when the heap is collected.
 * Thread-safe.
 */
public final class HpkeKeyPair implements AutoCloseable {
  private final HpkeConfiguration configuration;
  private final AtomicReference<@Nullable AsymmetricCipherKeyPair> pair;

  HpkeKeyPair(HpkeConfiguration configuration, AsymmetricCipherKeyPair pair) {
    this.configuration = configuration;
    this.pair = new AtomicReference<>(pair);
  }

  /** A new key with the number {@code keyId}, 0 to 255. */
  public static HpkeKeyPair generate(int keyId) {
    AsymmetricCipherKeyPair pair = Hpke.newKeyPair();
    return new HpkeKeyPair(new HpkeConfiguration(keyId, Hpke.publicKey(pair)), pair);
  }

  /** The public half. */
  public HpkeConfiguration configuration() {
    return configuration;
  }

  /**
   * Opens what a sender encapsulated to this key.
   *
   * @param encapsulated 32 bytes
   * @param info what both sides know; another one gives other secrets
   * @throws AttestationException where no shared secret can be made
   * @throws IllegalStateException after {@link #close}
   */
  public HpkeContext receive(byte[] encapsulated, byte[] info) throws AttestationException {
    AsymmetricCipherKeyPair held = pair.get();
    if (held == null) {
      throw new IllegalStateException("the key is closed");
    }
    return Hpke.receive(held, encapsulated, info);
  }

  @Override
  public void close() {
    pair.set(null);
  }
}
