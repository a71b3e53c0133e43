package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.NativeMemory;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A damaged payload is refused by its digest, and one with a mended digest by what it says. */
class PayloadRefusalTest {
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
  void everySampledBitBehindTheHeaderMatters(WireKind kind) {
    byte[] frame = frames.frame(kind);
    SplittableRandom random = new SplittableRandom(kind.code());
    long bits = 8L * frame.length;
    for (int i = 0; i < 1000; i++) {
      long bit = i < 8 * Digest.BYTES ? bits - 1 - i : random.nextLong(8L * WireHeader.BYTES, bits);
      byte[] flipped = WireFixture.flipped(frame, bit);
      assertThatThrownBy(() -> frames.read(kind, flipped))
          .as("bit %d", bit)
          .isInstanceOf(WireFormatException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLIC_KEY", "EVALUATION_KEYS", "REQUEST", "RESPONSE"})
  void aResidueEqualToItsPrimeIsRefused(WireKind kind) throws Exception {
    long prime = frames.he.context.dataPrimes()[0];
    byte[] frame = frames.frame(kind);
    int residues = firstResidues(kind);
    setResidue(frame, residues, prime - 1);
    byte[] largest = WireFixture.withDigest(frame);
    frames.read(kind, largest);
    setResidue(frame, residues, prime);
    assertThat(reason(kind, WireFixture.withDigest(frame))).isEqualTo(Reason.RESIDUE_OUT_OF_RANGE);
    setResidue(frame, residues, (1L << 30) - 1);
    assertThat(reason(kind, WireFixture.withDigest(frame))).isEqualTo(Reason.RESIDUE_OUT_OF_RANGE);
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLIC_KEY", "EVALUATION_KEYS", "REQUEST", "RESPONSE"})
  void theLastResidueIsCheckedToo(WireKind kind) {
    byte[] frame = frames.frame(kind);
    for (int i = 1; i <= 4; i++) {
      frame[frame.length - Digest.BYTES - i] = (byte) 0xFF;
    }
    assertThat(reason(kind, WireFixture.withDigest(frame))).isEqualTo(Reason.RESIDUE_OUT_OF_RANGE);
  }

  /** Before the first polynomial come a list of keys or seeds, by kind. */
  private static int firstResidues(WireKind kind) {
    int manifest = kind == WireKind.EVALUATION_KEYS ? 2 * 8 : 0;
    int seed = kind == WireKind.RESPONSE ? 0 : 64;
    return WireHeader.BYTES + manifest + seed;
  }

  /** The first of all residues begins at a byte and takes 30 bits. */
  private static void setResidue(byte[] frame, int at, long residue) {
    long word = Integer.toUnsignedLong(Integer.reverseBytes(ByteBuffer.wrap(frame).getInt(at)));
    long changed = (word & (3L << 30)) | residue;
    ByteBuffer.wrap(frame).putInt(at, Integer.reverseBytes((int) changed));
  }

  @Test
  void aSecretKeyIsTernary() {
    byte[] frame = frames.frame(WireKind.SECRET_KEY);
    for (int at : new int[] {WireHeader.BYTES, frame.length - Digest.BYTES - 1}) {
      byte[] changed = frame.clone();
      changed[at] = (byte) ((changed[at] & 0x3F) | 0x80);
      assertThat(reason(WireKind.SECRET_KEY, WireFixture.withDigest(changed)))
          .isEqualTo(Reason.COEFFICIENT_NOT_TERNARY);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST", "RESPONSE"})
  void aCiphertextThatHidesNothingIsRefused(WireKind kind) throws IOException {
    byte[] frame = transparent(kind);
    assertThat(reason(kind, frame)).isEqualTo(Reason.TRANSPARENT_CIPHERTEXT);
  }

  private static byte[] transparent(WireKind kind) throws IOException {
    WireFixture he = frames.he;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Ciphertext fresh = he.encrypt(new double[] {1}, 1, WireFixture.SCALE);
        Ciphertext unseeded = he.evaluator.negate(fresh)) {
      if (kind == WireKind.REQUEST) {
        RequestCodec.write(frames.envelope, unseeded, out);
      } else {
        ResponseCodec.write(frames.envelope, unseeded, out);
      }
    }
    byte[] frame = out.toByteArray();
    int polynomial = 1024 / 8 * (30 + 25);
    Arrays.fill(frame, WireHeader.BYTES + polynomial, frame.length - Digest.BYTES, (byte) 0);
    return WireFixture.withDigest(frame);
  }

  @Test
  void keysOfAnotherPlanAreRefused() {
    WireFixture he = frames.he;
    byte[] frame = frames.frame(WireKind.EVALUATION_KEYS);
    for (EvaluationKeyPlan plan :
        List.of(
            WireFixture.plan(1, Map.of(1, 1)),
            WireFixture.plan(0, Map.of(1, 0)),
            WireFixture.plan(0, Map.of(2, 1)),
            WireFixture.plan(-1, Map.of(1, 1)),
            WireFixture.plan(-1, Map.of(1, 1, 2, 0)))) {
      assertThat(
              catchThrowableOfType(
                      WireFormatException.class,
                      () -> EvaluationKeysCodec.read(frame, he.context, plan, WireFixture.MODEL))
                  .reason())
          .as("%s", plan)
          .isIn(Reason.OTHER_KEY_PLAN, Reason.WRONG_LENGTH);
    }
  }

  @Test
  void parametersThatAreNotSecureAreRefused() {
    byte[] frame = frames.frame(WireKind.PARAMETERS);
    int degree = WireHeader.BYTES;
    for (int value : new int[] {0, 1024, 2048, 4095, 8191, 1 << 17, -1, Integer.MAX_VALUE}) {
      byte[] changed = frame.clone();
      ByteBuffer.wrap(changed).putInt(degree, value);
      assertThat(reason(WireKind.PARAMETERS, WireFixture.withDigest(changed)))
          .as("degree %d", value)
          .isEqualTo(Reason.REFUSED_PARAMETERS);
    }
    for (int bits : new int[] {19, 37, 51, 255}) {
      byte[] changed = frame.clone();
      changed[degree + 4] = (byte) bits;
      assertThat(reason(WireKind.PARAMETERS, WireFixture.withDigest(changed)))
          .as("special prime of %d bits", bits)
          .isEqualTo(Reason.REFUSED_PARAMETERS);
    }
  }

  @Test
  void insecureParametersAreNotWritten() {
    assertThatThrownBy(
            () -> ParametersCodec.write(frames.he.context, OutputStream.nullOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INSECURE");
  }

  @Test
  void otherPrimesThanTheWritersAreRefused() throws Exception {
    byte[] frame = frames.frame(WireKind.PARAMETERS);
    frame[48] ^= 1;
    ReceivedParameters read = ParametersCodec.read(WireFixture.withDigest(frame));
    assertThat(
            catchThrowableOfType(
                    WireFormatException.class,
                    () -> {
                      try (CkksContext context = read.createContext()) {
                        assertThat(context).isNull();
                      }
                    })
                .reason())
        .isEqualTo(Reason.OTHER_PARAMETERS);
  }

  @Test
  void partsThatAreMissingOrOutOfOrderAreRefused() throws Exception {
    WireFixture he = frames.he;
    RequestId id = RequestId.random();
    byte[] first = he.requestFrame(part(id, 0, 2), 1);
    byte[] second = he.requestFrame(part(id, 1, 2), 1);
    byte[] foreign = he.requestFrame(part(RequestId.random(), 1, 2), 1);
    byte[] ofThree = he.requestFrame(part(id, 1, 3), 1);
    assertThat(secondReason(first, first)).isEqualTo(Reason.WRONG_PART);
    assertThat(secondReason(first, ofThree)).isEqualTo(Reason.WRONG_PART);
    assertThat(secondReason(first, foreign)).isEqualTo(Reason.OTHER_REQUEST);
    assertThat(secondReason(first, new byte[0])).isEqualTo(Reason.TRUNCATED);
    assertThat(secondReason(first, second, new byte[1])).isEqualTo(Reason.TRAILING_BYTES);
    assertThat(reason(WireKind.REQUEST, second)).isEqualTo(Reason.WRONG_PART);
    assertThat(reason(WireKind.REQUEST, first)).isEqualTo(Reason.WRONG_PART);
  }

  private static Envelope part(RequestId id, int part, int parts) {
    return new Envelope(frames.he.secretKey.keyId(), WireFixture.MODEL, id, 1, part, parts);
  }

  private static Reason secondReason(byte[]... parts) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    RequestReader reader =
        new RequestReader(
            new ByteArrayInputStream(all.toByteArray()),
            frames.he.context,
            frames.he.expected(1, WireFixture.SCALE));
    reader.next().close();
    return catchThrowableOfType(WireFormatException.class, reader::next).reason();
  }

  /** The largest parameters there are, so that frames would be tens of megabytes. */
  @Test
  void aHeaderAloneAllocatesNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (WireFixture he = new WireFixture(WireFixture.DEGREE_16384)) {
      Envelope envelope = he.envelope(1);
      byte[] frame = he.responseFrame(envelope, he.maxLevel());
      byte[] keys = he.keysFrame(0, Map.of());
      EvaluationKeyPlan plan = WireFixture.plan(0, Map.of());
      for (int length : new int[] {WireHeader.BYTES, WireHeader.BYTES + 100}) {
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(
                catchThrowableOfType(
                        WireFormatException.class,
                        () -> ResponseCodec.read(prefix(frame, length), he.context, envelope))
                    .reason())
            .isEqualTo(Reason.TRUNCATED);
        assertThat(
                catchThrowableOfType(
                        WireFormatException.class,
                        () ->
                            EvaluationKeysCodec.read(
                                prefix(keys, length), he.context, plan, WireFixture.MODEL))
                    .reason())
            .isEqualTo(Reason.TRUNCATED);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
      }
    }
  }

  private static InputStream prefix(byte[] frame, int length) {
    return new ByteArrayInputStream(frame, 0, length);
  }

  private static Reason reason(WireKind kind, byte[] frame) {
    return catchThrowableOfType(WireFormatException.class, () -> frames.read(kind, frame)).reason();
  }
}
