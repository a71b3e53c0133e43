package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.he.NativeMemory;
import io.silenda.he.wire.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A header that is not exactly as expected is refused, also when its digest was made right. */
class HeaderRefusalTest {
  private static final int VERSION = 8;
  private static final int KIND = 10;
  private static final int POLYNOMIALS = 11;
  private static final int SEEDED = 12;
  private static final int LEVEL = 13;
  private static final int ROWS = 16;
  private static final int PART = 20;
  private static final int PARTS = 24;
  private static final int KEY_COUNT = 28;
  private static final int SCALE = 32;
  private static final int PAYLOAD = 40;
  private static final int PARAMETER_DIGEST = 48;
  private static final int MODEL_DIGEST = 80;
  private static final int KEY_ID = 112;
  private static final int REQUEST_ID = 128;

  private static Frames frames;
  private long nativeBytes;

  @BeforeAll
  static void open() {
    frames = new Frames();
  }

  @AfterAll
  static void close() {
    frames.close();
  }

  @BeforeEach
  void countBefore() {
    nativeBytes = NativeMemory.allocatedBytes();
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(nativeBytes);
  }

  @ParameterizedTest
  @EnumSource
  void everyHeaderBitMatters(WireKind kind) {
    byte[] frame = frames.frame(kind);
    for (long bit = 0; bit < 8L * WireHeader.BYTES; bit++) {
      byte[] flipped = WireFixture.flipped(frame, bit);
      assertThatThrownBy(() -> frames.read(kind, flipped))
          .as("bit %d", bit)
          .isInstanceOf(WireFormatException.class);
    }
  }

  /** What remains are the fields that a frame introduces, and a scale's rounding. */
  @ParameterizedTest
  @EnumSource
  void whoeverMendsTheDigestCanChangeOnlyWhatNobodyExpects(WireKind kind) throws Exception {
    List<Integer> free = new ArrayList<>();
    for (int bit = 0; bit < 8 * WireHeader.BYTES; bit++) {
      byte[] mended = WireFixture.withDigest(WireFixture.flipped(frames.frame(kind), bit));
      try {
        frames.read(kind, mended);
        free.add(bit / 8);
      } catch (WireFormatException e) {
        assertThat(e.reason()).isNotEqualTo(Reason.DIGEST_MISMATCH);
      }
    }
    assertThat(free).allSatisfy(at -> assertThat(mayChange(kind, at)).as("byte %d", at).isTrue());
  }

  private static boolean mayChange(WireKind kind, int at) {
    boolean keyId = at >= KEY_ID && at < REQUEST_ID;
    return switch (kind) {
      case PARAMETERS -> at >= PARAMETER_DIGEST && at < MODEL_DIGEST;
      case SECRET_KEY, PUBLIC_KEY, EVALUATION_KEYS -> keyId;
      case REQUEST -> at >= REQUEST_ID || (at >= ROWS && at < PART) || isLowScale(at);
      // Whoever computes the answer also says at which scale it is.
      case RESPONSE -> at >= SCALE && at < PAYLOAD;
    };
  }

  private static boolean isLowScale(int at) {
    return at >= SCALE + 4 && at < PAYLOAD;
  }

  @ParameterizedTest
  @EnumSource
  void truncationIsRefusedEverywhere(WireKind kind) {
    byte[] frame = frames.frame(kind);
    SplittableRandom random = new SplittableRandom(kind.code());
    for (int i = 0; i < WireHeader.BYTES + 200; i++) {
      int length =
          i < WireHeader.BYTES + 100 ? Math.min(i, frame.length - 1) : random.nextInt(frame.length);
      assertThat(reason(kind, Arrays.copyOf(frame, length)))
          .as("length %d", length)
          .isEqualTo(Reason.TRUNCATED);
    }
    assertThat(reason(kind, Arrays.copyOf(frame, frame.length - 1))).isEqualTo(Reason.TRUNCATED);
  }

  @ParameterizedTest
  @EnumSource
  void whatFollowsAFrameIsRefused(WireKind kind) {
    byte[] frame = frames.frame(kind);
    assertThat(reason(kind, Arrays.copyOf(frame, frame.length + 1)))
        .isEqualTo(Reason.TRAILING_BYTES);
  }

  @ParameterizedTest
  @EnumSource
  void framesOfAnotherKindAreRefused(WireKind kind) {
    for (WireKind other : EnumSet.complementOf(EnumSet.of(kind))) {
      assertThat(reason(kind, frames.frame(other))).isEqualTo(Reason.WRONG_KIND);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoFrameOrOfAnotherVersionSaysSo(WireKind kind) {
    assertRefused(kind, Reason.NOT_A_FRAME, header -> header.put(0, (byte) 'X'));
    assertRefused(kind, Reason.UNKNOWN_VERSION, header -> header.putShort(VERSION, (short) 0));
    assertRefused(kind, Reason.UNKNOWN_KIND, header -> header.put(KIND, (byte) 7));
    assertRefused(kind, Reason.UNKNOWN_KIND, header -> header.put(KIND, (byte) 0));
    assertRefused(kind, Reason.NEWER_VERSION, header -> header.putShort(VERSION, (short) 2));
    byte[] newer = frames.frame(kind);
    newer[VERSION] = (byte) 0xFF;
    assertThatThrownBy(() -> frames.read(kind, newer))
        .hasMessageContaining("written by a newer version");
  }

  @ParameterizedTest
  @EnumSource
  void lengthsThatTheKindCannotHaveAreRefused(WireKind kind) {
    int payload = frames.frame(kind).length - WireHeader.BYTES - Digest.BYTES;
    for (long length :
        new long[] {0, -1, payload + 1L, payload - 1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40}) {
      Set<Reason> reasons =
          kind == WireKind.PARAMETERS
              ? EnumSet.of(Reason.WRONG_LENGTH, Reason.TRUNCATED)
              : EnumSet.of(Reason.WRONG_LENGTH);
      assertThat(reason(kind, changed(kind, header -> header.putLong(PAYLOAD, length))))
          .as("length %d", length)
          .isIn(reasons);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SECRET_KEY", "PUBLIC_KEY", "EVALUATION_KEYS", "REQUEST", "RESPONSE"})
  void otherParametersAndModelsAreRefused(WireKind kind) {
    assertRefused(kind, Reason.OTHER_PARAMETERS, header -> header.put(PARAMETER_DIGEST, (byte) 0));
    assertRefused(kind, Reason.OTHER_MODEL, header -> header.putLong(MODEL_DIGEST, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST", "RESPONSE"})
  void ciphertextsOfAnotherKeyPartLevelScaleOrSizeAreRefused(WireKind kind) {
    assertRefused(kind, Reason.OTHER_KEY, header -> header.putLong(KEY_ID, 0));
    assertRefused(kind, Reason.WRONG_ROWS, header -> header.putInt(ROWS, 0));
    assertRefused(kind, Reason.WRONG_ROWS, header -> header.putInt(ROWS, -1));
    assertRefused(kind, Reason.WRONG_ROWS, header -> header.putInt(ROWS, 65));
    assertRefused(kind, Reason.WRONG_PART, header -> header.putInt(PART, 1));
    assertRefused(kind, Reason.WRONG_PART, header -> header.putInt(PARTS, 0));
    assertRefused(kind, Reason.WRONG_PART, header -> header.putInt(PARTS, Integer.MAX_VALUE));
    assertRefused(kind, Reason.WRONG_LEVEL, header -> header.put(LEVEL, (byte) 2));
    assertRefused(kind, Reason.WRONG_LEVEL, header -> header.put(LEVEL, (byte) 255));
    for (double scale :
        new double[] {
          0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 0x1p54, Double.MAX_VALUE
        }) {
      assertRefused(kind, Reason.WRONG_SCALE, header -> header.putDouble(SCALE, scale));
    }
    for (int polynomials : new int[] {0, 1, 4, 255}) {
      assertRefused(
          kind,
          Reason.WRONG_POLYNOMIAL_COUNT,
          header -> header.put(POLYNOMIALS, (byte) polynomials));
    }
  }

  @Test
  void aRequestAtAnotherLevelOrScaleThanTheModelStartsAtIsRefused() {
    byte[] lower = frames.he.requestFrame(frames.envelope, 0);
    assertThat(reason(WireKind.REQUEST, lower)).isEqualTo(Reason.WRONG_LEVEL);
    assertRefused(
        WireKind.REQUEST, Reason.WRONG_SCALE, header -> header.putDouble(SCALE, 0x1.0001p25));
  }

  @Test
  void aResponseToAnotherRequestIsRefused() {
    assertRefused(WireKind.RESPONSE, Reason.OTHER_REQUEST, header -> header.putLong(REQUEST_ID, 0));
  }

  @Test
  void onlyRequestsAndKeysHaveSeeds() {
    assertRefused(
        WireKind.RESPONSE, Reason.WRONG_SEED_FLAG, header -> header.put(SEEDED, (byte) 1));
    assertRefused(
        WireKind.PUBLIC_KEY, Reason.WRONG_SEED_FLAG, header -> header.put(SEEDED, (byte) 0));
    assertRefused(
        WireKind.EVALUATION_KEYS, Reason.WRONG_SEED_FLAG, header -> header.put(SEEDED, (byte) 0));
    assertRefused(
        WireKind.SECRET_KEY, Reason.WRONG_SEED_FLAG, header -> header.put(SEEDED, (byte) 1));
    assertRefused(
        WireKind.REQUEST, Reason.MALFORMED_HEADER, header -> header.put(SEEDED, (byte) 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"PARAMETERS", "SECRET_KEY", "PUBLIC_KEY", "EVALUATION_KEYS"})
  void fieldsThatAKeyDoesNotUseAreZero(WireKind kind) {
    assertRefused(kind, Reason.MALFORMED_HEADER, header -> header.put(LEVEL, (byte) 1));
    assertRefused(kind, Reason.MALFORMED_HEADER, header -> header.putInt(ROWS, 1));
    assertRefused(kind, Reason.MALFORMED_HEADER, header -> header.putInt(PART, 1));
    assertRefused(kind, Reason.MALFORMED_HEADER, header -> header.putInt(PARTS, 1));
    assertRefused(kind, Reason.MALFORMED_HEADER, header -> header.putDouble(SCALE, -0.0));
    assertRefused(kind, Reason.MALFORMED_HEADER, header -> header.putLong(REQUEST_ID + 8, 1));
    assertRefused(kind, Reason.MALFORMED_HEADER, header -> header.put(LEVEL + 1, (byte) 1));
  }

  @Test
  void anotherNumberOfKeysThanPlannedIsRefused() {
    for (int count : new int[] {0, 1, 3, Integer.MAX_VALUE, -1}) {
      assertRefused(
          WireKind.EVALUATION_KEYS,
          Reason.OTHER_KEY_PLAN,
          header -> header.putInt(KEY_COUNT, count));
    }
    assertRefused(WireKind.REQUEST, Reason.MALFORMED_HEADER, header -> header.putInt(KEY_COUNT, 1));
  }

  private static byte[] changed(WireKind kind, Consumer<ByteBuffer> change) {
    byte[] frame = frames.frame(kind);
    change.accept(ByteBuffer.wrap(frame));
    return WireFixture.withDigest(frame);
  }

  private static void assertRefused(WireKind kind, Reason reason, Consumer<ByteBuffer> change) {
    assertThat(reason(kind, changed(kind, change))).as("%s", kind).isEqualTo(reason);
  }

  private static Reason reason(WireKind kind, byte[] frame) {
    return catchThrowableOfType(WireFormatException.class, () -> frames.read(kind, frame)).reason();
  }
}
