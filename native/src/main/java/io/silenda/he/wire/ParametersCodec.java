package io.silenda.he.wire;

import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Encryption parameters as bytes: ring degree, size of the special prime, number and sizes of the
 * data primes; with several special primes their number and sizes at the end, and 0 where the size
 * of the one would be. The header carries the digest of the primes themselves.
 */
public final class ParametersCodec {
  private static final String DIGEST_LABEL = "silenda ckks parameters v1";
  private static final String HYBRID_DIGEST_LABEL = "silenda ckks hybrid parameters v1";
  private static final int FIXED_BYTES = 6;
  private static final int MAX_PRIMES = 64;
  private static final int SEVERAL_SPECIAL_PRIMES = 0;

  private ParametersCodec() {}

  /**
   * SHA-256 of a label, the ring degree (4 bytes), the number of primes (4 bytes) and each prime (8
   * bytes, big-endian), the special prime last. With several special primes the label is another,
   * and the number of special primes follows the number of all. Equal digests mean that ciphertexts
   * and keys are compatible.
   */
  public static Digest digest(CkksContext context) {
    long[] special = context.specialPrimes();
    boolean hybrid = special.length > 1;
    byte[] label =
        (hybrid ? HYBRID_DIGEST_LABEL : DIGEST_LABEL).getBytes(StandardCharsets.US_ASCII);
    long[] primes =
        LongStream.concat(Arrays.stream(context.dataPrimes()), Arrays.stream(special)).toArray();
    ByteBuffer buffer = ByteBuffer.allocate(label.length + 12 + Long.BYTES * primes.length);
    buffer.put(label).putInt(context.parameters().polyModulusDegree()).putInt(primes.length);
    if (hybrid) {
      buffer.putInt(special.length);
    }
    for (long prime : primes) {
      buffer.putLong(prime);
    }
    return Digest.sha256(Arrays.copyOf(buffer.array(), buffer.position()));
  }

  /**
   * Writes the parameters of a context.
   *
   * @throws IllegalArgumentException if they were not checked for security: nobody would read them
   */
  public static void write(CkksContext context, OutputStream out) throws IOException {
    CkksParameters parameters = context.parameters();
    if (parameters.securityBits() == 0) {
      throw new IllegalArgumentException("context has insecure parameters: " + parameters);
    }
    byte[] payload = encode(parameters);
    FrameWriter writer =
        new FrameWriter(out, WireHeader.ofParameters(payload.length, digest(context)));
    writer.write(payload, payload.length);
    writer.finish();
  }

  private static byte[] encode(CkksParameters parameters) {
    List<Integer> special = parameters.specialPrimeBits();
    boolean hybrid = special.size() > 1;
    ByteBuffer payload = ByteBuffer.allocate(FIXED_BYTES + MAX_PRIMES + 1);
    payload.putInt(parameters.polyModulusDegree());
    payload.put(hybrid ? SEVERAL_SPECIAL_PRIMES : special.get(0).byteValue());
    putSizes(parameters.dataPrimeBits(), payload);
    if (hybrid) {
      putSizes(special, payload);
    }
    return Arrays.copyOf(payload.array(), payload.position());
  }

  private static void putSizes(List<Integer> sizes, ByteBuffer payload) {
    payload.put((byte) sizes.size());
    sizes.forEach(bits -> payload.put(bits.byteValue()));
  }

  /**
   * Reads parameters and requires the end of the stream behind them. Only 128-bit secure ones are
   * accepted.
   */
  public static ReceivedParameters read(InputStream in) throws IOException, WireFormatException {
    FrameReader reader = new FrameReader(in, WireKind.PARAMETERS);
    WireHeader header = reader.header();
    header.requirePolynomials(0, 0, false, true);
    long length = header.payloadBytes();
    if (length <= FIXED_BYTES || length > FIXED_BYTES + MAX_PRIMES + 1) {
      reader.requirePayload(FIXED_BYTES + MAX_PRIMES + 1);
    }
    byte[] payload = new byte[(int) length];
    reader.read(payload, payload.length);
    reader.requirePayload(dueBytes(payload));
    reader.finish();
    reader.requireEnd();
    return new ReceivedParameters(decode(ByteBuffer.wrap(payload)), header.parameterDigest());
  }

  /** As {@link #read(InputStream)}. */
  public static ReceivedParameters read(byte[] frame) throws IOException, WireFormatException {
    return read(new ByteArrayInputStream(frame));
  }

  /** What the numbers of primes add up to; a number that is cut off counts as none. */
  private static int dueBytes(byte[] payload) {
    int due = FIXED_BYTES + Byte.toUnsignedInt(payload[FIXED_BYTES - 1]);
    if (payload[FIXED_BYTES - 2] != SEVERAL_SPECIAL_PRIMES) {
      return due;
    }
    return due + 1 + (due < payload.length ? Byte.toUnsignedInt(payload[due]) : 0);
  }

  private static CkksParameters decode(ByteBuffer payload) throws WireFormatException {
    int degree = payload.getInt();
    int specialPrimeBits = payload.get();
    List<Integer> dataPrimeBits = getSizes(payload);
    try {
      if (specialPrimeBits != SEVERAL_SPECIAL_PRIMES) {
        return CkksParameters.of(degree, dataPrimeBits, specialPrimeBits);
      }
      return CkksParameters.of(degree, dataPrimeBits, requireSeveral(getSizes(payload)));
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(
          Reason.REFUSED_PARAMETERS, "its parameters are refused: " + e.getMessage());
    }
  }

  private static List<Integer> getSizes(ByteBuffer payload) {
    int count = Byte.toUnsignedInt(payload.get());
    List<Integer> sizes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sizes.add((int) payload.get());
    }
    return sizes;
  }

  /** One special prime has a form of its own: nothing is written in two ways. */
  private static List<Integer> requireSeveral(List<Integer> sizes) throws WireFormatException {
    if (sizes.size() < 2) {
      throw new WireFormatException(
          Reason.REFUSED_PARAMETERS, "it lists " + sizes.size() + " special primes as several");
    }
    return sizes;
  }
}
