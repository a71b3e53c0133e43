package io.silenda.bench.jmh;

import io.silenda.attest.AttestationException;
import io.silenda.attest.hpke.Hpke;
import io.silenda.attest.hpke.HpkeContext;
import io.silenda.attest.hpke.HpkeKeyPair;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Key agreement of HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM. */
public class HpkeBenchmark extends Microseconds {
  private static final byte[] INFO = {1};
  private static final byte[] CONTENT = new byte[1024];

  private HpkeKeyPair receiver = HpkeKeyPair.generate(1);
  private byte[] encapsulated = {};

  /** Makes a key, and something for it. */
  @Setup(Level.Trial)
  public void open() throws AttestationException {
    receiver = HpkeKeyPair.generate(1);
    HpkeContext sender = send();
    encapsulated = sender.encapsulated();
    byte[] opened = receive().open(INFO, sender.seal(INFO, CONTENT));
    if (opened.length != CONTENT.length) {
      throw new IllegalStateException("what was sealed does not open");
    }
  }

  /** Drops the key. */
  @TearDown(Level.Trial)
  public void close() {
    receiver.close();
  }

  /** A key pair. */
  @Benchmark
  public void generate() {
    HpkeKeyPair.generate(1).close();
  }

  /** The sender's context. */
  @Benchmark
  public HpkeContext send() throws AttestationException {
    return Hpke.send(receiver.configuration(), INFO);
  }

  /** The receiver's. */
  @Benchmark
  public HpkeContext receive() throws AttestationException {
    return receiver.receive(encapsulated, INFO);
  }
}
