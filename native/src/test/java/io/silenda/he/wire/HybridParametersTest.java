package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The form of parameters with several special primes: two of them at the end of the payload. */
class HybridParametersTest {
  private static final int SPECIAL_BITS = WireHeader.BYTES + 4;
  private static final int PAYLOAD_LENGTH = 40;

  private static byte[] frame;
  private static int specialCount;

  @BeforeAll
  static void write() {
    try (WireFixture he = new WireFixture(WireFixture.HYBRID)) {
      frame = he.parametersFrame();
    }
    specialCount = frame.length - Digest.BYTES - 3;
    assertThat(frame[SPECIAL_BITS]).isZero();
    assertThat(frame[specialCount]).isEqualTo((byte) 2);
  }

  @Test
  void theNumberOfSpecialPrimesMustFitTheLength() {
    for (int wrong : new int[] {0, 1, 3, 255}) {
      assertThat(refusal(changed(specialCount, wrong)))
          .as("%d special primes", wrong)
          .isEqualTo(Reason.WRONG_LENGTH);
    }
    assertThat(refusal(resized(specialCount))).isEqualTo(Reason.WRONG_LENGTH);
  }

  @Test
  void everySpecialPrimeMustBeOfAnAllowedSize() {
    for (int bits : new int[] {0, 19, 51, 255}) {
      assertThat(refusal(changed(specialCount + 2, bits)))
          .as("last special prime of %d bits", bits)
          .isEqualTo(Reason.REFUSED_PARAMETERS);
    }
  }

  @Test
  void allSpecialPrimesCountForSecurity() {
    assertThat(WireFixture.HYBRID.totalModulusBits()).isEqualTo(214);
    assertThat(refusal(changed(specialCount + 1, WireFixture.HYBRID.specialPrimeBits().get(0) + 1)))
        .isEqualTo(Reason.REFUSED_PARAMETERS);
  }

  @Test
  void oneSpecialPrimeIsNotReadAsSeveral() {
    byte[] one = resized(specialCount + 2);
    one[specialCount] = 1;
    assertThat(refusal(one)).isEqualTo(Reason.REFUSED_PARAMETERS);
  }

  @Test
  void whichPrimesAreSpecialIsPartOfTheDigest() {
    try (CkksContext hybrid = context(List.of(40, 40), List.of(40, 40));
        CkksContext single = context(List.of(40, 40, 40), List.of(40))) {
      assertThat(hybrid.dataPrimes()).isEqualTo(Arrays.copyOf(single.dataPrimes(), 2));
      assertThat(ParametersCodec.digest(hybrid)).isNotEqualTo(ParametersCodec.digest(single));
    }
  }

  private static CkksContext context(List<Integer> data, List<Integer> special) {
    return CkksContext.create(CkksParameters.of(8192, data, special));
  }

  private static byte[] changed(int position, int value) {
    byte[] result = frame.clone();
    result[position] = (byte) value;
    return result;
  }

  /** Cut off after so many bytes, with the length that goes with it. */
  private static byte[] resized(int length) {
    byte[] result = Arrays.copyOf(frame, length + Digest.BYTES);
    ByteBuffer.wrap(result).putLong(PAYLOAD_LENGTH, length - WireHeader.BYTES);
    return result;
  }

  private static Reason refusal(byte[] changed) {
    byte[] sealed = WireFixture.withDigest(changed);
    return catchThrowableOfType(WireFormatException.class, () -> ParametersCodec.read(sealed))
        .reason();
  }
}
