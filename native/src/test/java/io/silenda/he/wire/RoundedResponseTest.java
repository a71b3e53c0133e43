package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.he.Ciphertext;
import io.silenda.he.PackedPolynomials;
import io.silenda.he.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Responses whose coefficients are sent without their lowest bits. */
class RoundedResponseTest {
  private static final double SCALE = 0x1p44;
  private static final int DROPPED_BITS_OFFSET = 14;

  private static WireFixture he;
  private static double[] values;
  private static Ciphertext answer;

  @BeforeAll
  static void encrypt() {
    he = new WireFixture(WireFixture.DEGREE_8192);
    values = new Random(3).doubles(4096, -1, 1).toArray();
    answer = he.encrypt(values, 0, SCALE);
  }

  @AfterAll
  static void close() {
    answer.close();
    he.close();
  }

  @Test
  void loseNoMoreThanTheBitsThatAreDropped() throws Exception {
    for (int dropped : new int[] {6, 12, 20, 24}) {
      Envelope envelope = he.envelope(1);
      byte[] frame = frame(envelope, dropped);
      assertThat(frame).hasSize((int) ResponseCodec.roundedFrameBytes(he.context, 2, dropped));
      try (Ciphertext read = ResponseCodec.read(frame, he.context, envelope)) {
        double[] exact = he.decrypt(answer);
        double[] rounded = he.decrypt(read);
        double squares = 0;
        for (int i = 0; i < exact.length; i++) {
          squares += (exact[i] - rounded[i]) * (exact[i] - rounded[i]);
        }
        double deviation = Math.sqrt(squares / exact.length);
        // The documented deviation; SEAL's answers differ in the last bits by floating point.
        double documented = Math.pow(2, dropped) * 8192 / 6 / SCALE;
        assertThat(deviation).as("%d bits", dropped).isBetween(0.8 * documented, 1.2 * documented);
      }
    }
  }

  @Test
  void aCoefficientThatIsNotBelowThePrimeIsRefused() throws Exception {
    Envelope envelope = he.envelope(1);
    byte[] frame = frame(envelope, 8);
    // 47 − 8 = 39 bits: the first coefficient becomes the largest 39-bit value.
    ByteBuffer.wrap(frame).putInt(WireHeader.BYTES, -1).put(WireHeader.BYTES + 4, (byte) 0xff);
    assertThat(reason(WireFixture.withDigest(frame), envelope))
        .isEqualTo(Reason.RESIDUE_OUT_OF_RANGE);
  }

  @Test
  void otherNumbersOfBitsAreRefused() throws Exception {
    Envelope envelope = he.envelope(1);
    byte[] frame = frame(envelope, 8);
    for (int dropped : new int[] {0, 7, 9}) {
      frame[DROPPED_BITS_OFFSET + 1] = (byte) dropped;
      assertThat(reason(WireFixture.withDigest(frame), envelope)).isEqualTo(Reason.WRONG_LENGTH);
    }
    for (int dropped : new int[] {PackedPolynomials.maxDroppedBits(he.context) + 1, 47, 255}) {
      frame[DROPPED_BITS_OFFSET + 1] = (byte) dropped;
      assertThat(reason(WireFixture.withDigest(frame), envelope))
          .isEqualTo(Reason.MALFORMED_HEADER);
    }
    assertThatThrownBy(() -> frame(envelope, 47)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyResponsesAtLevelZeroAreRounded() throws Exception {
    Envelope envelope = he.envelope(1);
    byte[] request = he.requestFrame(envelope, 0);
    request[DROPPED_BITS_OFFSET + 1] = 8;
    assertThat(
            catchThrowableOfType(
                    WireFormatException.class,
                    () ->
                        RequestCodec.read(
                            WireFixture.withDigest(request),
                            he.context,
                            he.expected(0, WireFixture.SCALE)))
                .reason())
        .isEqualTo(Reason.MALFORMED_HEADER);
    try (Ciphertext higher = he.encrypt(values, 1, WireFixture.SCALE)) {
      assertThatThrownBy(
              () -> WireFixture.bytes(out -> ResponseCodec.writeRounded(envelope, higher, 8, out)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("level 1");
    }
  }

  private static byte[] frame(Envelope envelope, int dropped) {
    return WireFixture.bytes(out -> ResponseCodec.writeRounded(envelope, answer, dropped, out));
  }

  private static Reason reason(byte[] frame, Envelope envelope) {
    return catchThrowableOfType(
            WireFormatException.class, () -> ResponseCodec.read(frame, he.context, envelope))
        .reason();
  }
}
