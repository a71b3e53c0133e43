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
import java.util.List;

/**
 * Encryption parameters as bytes: ring degree, size of the special prime, number and sizes of the
 * data primes. The header carries the digest of the primes themselves.
 */
public final class ParametersCodec {
  private static final String DIGEST_LABEL = "silenda ckks parameters v1";
  private static final int FIXED_BYTES = 6;
  private static final int MAX_DATA_PRIMES = 63;

  private ParametersCodec() {}

  /**
   * SHA-256 of a label, the ring degree (4 bytes), the number of primes (4 bytes) and each prime (8
   * bytes, big-endian), the special prime last. Equal digests mean that ciphertexts are compatible.
   */
  public static Digest digest(CkksContext context) {
    byte[] label = DIGEST_LABEL.getBytes(StandardCharsets.US_ASCII);
    long[] dataPrimes = context.dataPrimes();
    ByteBuffer buffer = ByteBuffer.allocate(label.length + 8 + 8 * (dataPrimes.length + 1));
    buffer.put(label).putInt(context.parameters().polyModulusDegree());
    buffer.putInt(dataPrimes.length + 1);
    for (long prime : dataPrimes) {
      buffer.putLong(prime);
    }
    buffer.putLong(context.specialPrime());
    return Digest.sha256(buffer.array());
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
    List<Integer> dataPrimeBits = parameters.dataPrimeBits();
    ByteBuffer payload = ByteBuffer.allocate(FIXED_BYTES + dataPrimeBits.size());
    payload.putInt(parameters.polyModulusDegree());
    payload.put((byte) parameters.specialPrimeBits()).put((byte) dataPrimeBits.size());
    dataPrimeBits.forEach(bits -> payload.put(bits.byteValue()));
    FrameWriter writer =
        new FrameWriter(out, WireHeader.ofParameters(payload.capacity(), digest(context)));
    writer.write(payload.array(), payload.capacity());
    writer.finish();
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
    if (length <= FIXED_BYTES || length > FIXED_BYTES + MAX_DATA_PRIMES) {
      reader.requirePayload(FIXED_BYTES + MAX_DATA_PRIMES);
    }
    byte[] payload = new byte[(int) length];
    reader.read(payload, payload.length);
    reader.requirePayload(FIXED_BYTES + Byte.toUnsignedInt(payload[FIXED_BYTES - 1]));
    reader.finish();
    reader.requireEnd();
    return new ReceivedParameters(decode(ByteBuffer.wrap(payload)), header.parameterDigest());
  }

  /** As {@link #read(InputStream)}. */
  public static ReceivedParameters read(byte[] frame) throws IOException, WireFormatException {
    return read(new ByteArrayInputStream(frame));
  }

  private static CkksParameters decode(ByteBuffer payload) throws WireFormatException {
    int degree = payload.getInt();
    int specialPrimeBits = payload.get();
    int count = payload.get();
    List<Integer> dataPrimeBits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      dataPrimeBits.add((int) payload.get());
    }
    try {
      return CkksParameters.of(degree, dataPrimeBits, specialPrimeBits);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(
          Reason.REFUSED_PARAMETERS, "its parameters are refused: " + e.getMessage());
    }
  }
}
