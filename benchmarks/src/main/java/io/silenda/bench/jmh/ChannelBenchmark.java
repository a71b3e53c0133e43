package io.silenda.bench.jmh;

import io.silenda.attest.AttestationException;
import io.silenda.attest.channel.AttestedEndpoint;
import io.silenda.attest.channel.AttestedSession;
import io.silenda.attest.channel.ClientHandshake;
import io.silenda.attest.channel.OpenedRequest;
import io.silenda.attest.channel.SealedRequest;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The attested channel, beside nothing but the platform's AES-256-GCM over the same content.
 * Evidence is SIMULATED, which costs two Ed25519 operations: a session is what is left without a
 * quote.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChannelBenchmark {
  private static final int TAG_BITS = 128;

  /** What counts towards compiling AES-GCM is calls, not bytes: one long call stays interpreted. */
  private static final int PIECE_BYTES = 16_384;

  /** A small request, and a body of 1 MB. */
  @Param({"256", "1000000"})
  public int contentBytes;

  private final ChannelWorkload workload = new ChannelWorkload();

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private AttestedEndpoint endpoint;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private AttestedSession session;

  private byte[] content = new byte[0];
  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private long counter;
  private long requests;

  /** Opens a session, and sends something through it. */
  @Setup(Level.Trial)
  public void open() throws AttestationException {
    content = new byte[contentBytes];
    Arrays.fill(content, (byte) 7);
    endpoint = workload.endpoint();
    session = workload.session(endpoint);
    if (!Arrays.equals(exchange(), content)) {
      throw new IllegalStateException("the channel changes what it carries");
    }
  }

  /** Wipes the keys. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
    endpoint.close();
  }

  /** Sealing alone, as {@link #seal} does it: the baseline. */
  @Benchmark
  public byte[] aesGcm() throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = new byte[12];
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[i] = (byte) (counter >> (8 * i));
    }
    counter++;
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    byte[] sealed = new byte[cipher.getOutputSize(content.length)];
    int written = 0;
    for (int from = 0; from < content.length; from += PIECE_BYTES) {
      int bytes = Math.min(PIECE_BYTES, content.length - from);
      written += cipher.update(content, from, bytes, sealed, written);
    }
    cipher.doFinal(sealed, written);
    return sealed;
  }

  /** The client seals a request. */
  @Benchmark
  public byte[] seal() throws AttestationException {
    return requests().seal(content).bytes();
  }

  /**
   * A request sealed, opened, answered with its own content and a receipt, the answer opened, the
   * receipt verified: all that the channel adds to a call, on both sides.
   */
  @Benchmark
  public byte[] exchange() throws AttestationException {
    SealedRequest request = requests().seal(content);
    try (OpenedRequest opened = endpoint.open(request.bytes())) {
      byte[] answer = opened.sealAnswer(opened.readContent());
      return request.exchange().open(answer).content();
    }
  }

  /** Challenge, evidence, appraisal, key agreement. */
  @Benchmark
  public String newSession() throws AttestationException {
    ClientHandshake handshake = workload.handshake();
    try (AttestedSession opened = handshake.complete(endpoint.introduce(handshake.challenge()))) {
      return opened.id();
    }
  }

  /** The session, or another one where it has had its requests. */
  private AttestedSession requests() throws AttestationException {
    if (++requests >= ChannelWorkload.REQUESTS) {
      requests = 0;
      session.close();
      session = workload.session(endpoint);
    }
    return session;
  }
}
