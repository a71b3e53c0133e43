package io.silenda.attest.synthetic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** SPDM 1.1 transcripts of a made-up device. */
public final class SyntheticSpdm {
  private SyntheticSpdm() {}

  /** Request and response up to the signature; the nonces are of 0x11 and 0x22. */
  public static byte[] unsigned(Map<Integer, byte[]> measurements, Map<Integer, byte[]> opaque) {
    ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x11, (byte) 0xe0, 1, (byte) 0xff}).put(filled(0x11)).put((byte) 0);
    int record = measurements.values().stream().mapToInt(value -> value.length + 7).sum();
    out.put(new byte[] {0x11, 0x60, 0, 0}).put((byte) measurements.size());
    out.putShort((short) record).put((byte) 0);
    measurements.forEach(
        (index, value) ->
            out.put(index.byteValue())
                .put((byte) 1)
                .putShort((short) (value.length + 3))
                .put((byte) 1)
                .putShort((short) value.length)
                .put(value));
    out.put(filled(0x22));
    out.putShort((short) opaque.values().stream().mapToInt(value -> value.length + 4).sum());
    opaque.forEach(
        (id, value) -> out.putShort(id.shortValue()).putShort((short) value.length).put(value));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] filled(int value) {
    byte[] nonce = new byte[32];
    Arrays.fill(nonce, (byte) value);
    return nonce;
  }
}
