package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cose.Ed25519Sign1;
import io.silenda.attest.sealed.CipherWarmUp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes the virtual machine compile what every exchange runs: AES-GCM, SHA-256, frames, receipts.
 * Interpreted, a body of 200 KB takes some 5 ms at each step, compiled a tenth of that, and a
 * hundred exchanges would pass until then. What is sealed here is zeros, under keys for nobody.
 */
public final class ChannelWarmUp {
  /** The compiler counts calls, and SHA-256 makes one a block: these are some twenty thousand. */
  private static final int BODIES = 40;

  private static final int BODY_BYTES = 1 << 14;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private ChannelWarmUp() {}

  /** Begins in a thread of its own at the first call, while this process waits for the other. */
  public static void inBackground() {
    if (!BEGUN.getAndSet(true)) {
      Thread thread = new Thread(ChannelWarmUp::exchangeBodies, "silenda-channel-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  static void exchangeBodies() {
    CipherWarmUp.run();
    byte[] content = new byte[BODY_BYTES];
    try (Ed25519Sign1 signer = Ed25519Sign1.generate()) {
      for (int i = 0; i < BODIES; i++) {
        byte[] salt = {(byte) i};
        byte[] receipt = signer.sign(salt);
        MessageBuffer sealed = new MessageBuffer(Frames.sealedBytes(BODY_BYTES, receipt.length));
        FrameWriter writer = new FrameWriter(keys(salt), sealed);
        writer.write(content, 0, content.length);
        writer.contentHash();
        writer.finish(receipt);
        byte[] trailer = open(salt, sealed.toBytes());
        Ed25519Sign1.verify(trailer, signer.publicKey(), "warm-up", Reason.INTERNAL);
      }
    } catch (IOException | AttestationException e) {
      throw new IllegalStateException("what was just sealed does not open", e);
    }
  }

  private static byte[] open(byte[] salt, byte[] sealed) throws IOException, AttestationException {
    try (FrameReader reader =
        new FrameReader(keys(salt), new ByteArrayInputStream(sealed), BODY_BYTES)) {
      while (reader.next()) {}
      reader.contentHash();
      return reader.trailer();
    }
  }

  private static BodyKeys keys(byte[] salt) {
    return BodyKeys.derive(new byte[BodyKeys.SECRET_BYTES], salt);
  }
}
