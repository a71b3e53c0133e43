package io.silenda.attest.sealed;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the virtual machine compile AES-GCM. Interpreted it runs at some 40 MB/s, compiled at more
 * than 1 GB/s, and what counts towards compiling is calls, not bytes: some thousand short messages
 * cost less than the first large chunks would. A worker calls {@link #run} while it waits for its
 * key; otherwise the first large model does.
 */
public final class CipherWarmUp {
  private static final long WORTH_IT_BYTES = 8L << 20;
  private static final int MESSAGE_BYTES = 256;
  private static final int MESSAGES_A_ROUND = 1_000;
  private static final int MAX_ROUNDS = 40;

  /** As many as the compiler asks for before it looks at a method. */
  private static final int MIN_ROUNDS = 5;

  private static final long COMPILED_NANOS_A_CHUNK = 40_000;
  private static final long WAIT_MILLIS = 5;
  private static final AtomicBoolean DONE = new AtomicBoolean();

  private final Cipher cipher;
  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private final GCMParameterSpec nonce = new GCMParameterSpec(128, new byte[12]);
  private final byte[] message;
  private final byte[] chunk;
  private final byte[] opened = new byte[SealedModelWriter.DEFAULT_CHUNK_BYTES];

  private CipherWarmUp() throws GeneralSecurityException {
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    this.message = seal(new byte[MESSAGE_BYTES]);
    this.chunk = seal(opened);
  }

  static void before(long contentBytes) {
    if (contentBytes >= WORTH_IT_BYTES) {
      run();
    }
  }

  /** Takes some 0.1 s of processor time on the first call, nothing later. Thread-safe. */
  public static void run() {
    if (!DONE.getAndSet(true)) {
      try {
        new CipherWarmUp().untilCompiled();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a Java platform without AES-GCM", e);
      } catch (InterruptedException e) {
        // Nothing is wrong but the speed.
        Thread.currentThread().interrupt();
      }
    }
  }

  private void untilCompiled() throws GeneralSecurityException, InterruptedException {
    for (int round = 1; round <= MAX_ROUNDS; round++) {
      for (int i = 0; i < MESSAGES_A_ROUND; i++) {
        open(message);
      }
      if (round >= MIN_ROUNDS) {
        long start = System.nanoTime();
        open(chunk);
        if (System.nanoTime() - start < COMPILED_NANOS_A_CHUNK) {
          return;
        }
        // The compiler works in a thread of its own.
        Thread.sleep(WAIT_MILLIS);
      }
    }
  }

  /** Under a key of zeros, for nobody. */
  private byte[] seal(byte[] content) throws GeneralSecurityException {
    Cipher sealing = Cipher.getInstance("AES/GCM/NoPadding");
    sealing.init(Cipher.ENCRYPT_MODE, key, nonce);
    return sealing.doFinal(content);
  }

  private void open(byte[] sealed) throws GeneralSecurityException {
    cipher.init(Cipher.DECRYPT_MODE, key, nonce);
    cipher.doFinal(sealed, 0, sealed.length, opened, 0);
  }
}
