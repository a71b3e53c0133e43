package io.silenda.he.wire;

import io.silenda.he.CkksParameters;
import io.silenda.he.InsecureCkksParameters;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** One frame of every kind, the reader that expects exactly it, and ways to spoil it. */
final class Frames implements AutoCloseable {
  /** Small, so that a hundred thousand frames take seconds; not secure. */
  static final CkksParameters TINY =
      InsecureCkksParameters.withoutSecurityCheck(1024, List.of(30, 25), 30);

  private static final int RELINEARIZATION_LEVEL = 0;
  private static final Map<Integer, Integer> ROTATIONS = Map.of(1, 1);

  final WireFixture he;
  final Envelope envelope;
  private final byte[] parametersFrame;
  private final byte[] hybridParametersFrame;
  private final byte[] roundedResponse;
  private final EnumMap<WireKind, byte[]> frames = new EnumMap<>(WireKind.class);

  Frames() {
    he = new WireFixture(TINY);
    envelope = he.envelope(5);
    try (WireFixture secure = new WireFixture(WireFixture.DEGREE_4096)) {
      parametersFrame = secure.parametersFrame();
    }
    try (WireFixture hybrid = new WireFixture(WireFixture.HYBRID)) {
      hybridParametersFrame = hybrid.parametersFrame();
    }
    for (WireKind kind : WireKind.values()) {
      frames.put(kind, make(kind));
    }
    roundedResponse = he.roundedResponseFrame(envelope, 8);
  }

  byte[] frame(WireKind kind) {
    return Objects.requireNonNull(frames.get(kind)).clone();
  }

  private byte[] make(WireKind kind) {
    return switch (kind) {
      case PARAMETERS -> parametersFrame;
      case SECRET_KEY -> he.secretKeyFrame();
      case PUBLIC_KEY -> he.publicKeyFrame();
      case EVALUATION_KEYS -> he.keysFrame(RELINEARIZATION_LEVEL, ROTATIONS);
      case REQUEST -> he.requestFrame(envelope, 1);
      case RESPONSE -> he.responseFrame(envelope, 0);
    };
  }

  /** Reads a frame of a kind as whoever waits for it does. */
  void read(WireKind kind, byte[] frame) throws IOException, WireFormatException {
    switch (kind) {
      case PARAMETERS -> ParametersCodec.read(frame);
      case SECRET_KEY -> SecretKeyCodec.read(frame, he.context, WireFixture.MODEL).close();
      case PUBLIC_KEY -> PublicKeyCodec.read(frame, he.context, WireFixture.MODEL).close();
      case EVALUATION_KEYS ->
          EvaluationKeysCodec.read(
                  frame,
                  he.context,
                  WireFixture.plan(RELINEARIZATION_LEVEL, ROTATIONS),
                  WireFixture.MODEL)
              .close();
      case REQUEST ->
          RequestCodec.read(frame, he.context, he.expected(1, WireFixture.SCALE)).close();
      case RESPONSE -> ResponseCodec.read(frame, he.context, envelope).close();
    }
  }

  /** A frame with one to three changes, often with its digest made right again. */
  byte[] mutant(WireKind kind, SplittableRandom random) {
    byte[] mutant = random.nextBoolean() ? otherForm(kind) : frame(kind);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      mutant = changed(mutant, random);
    }
    return mutant.length > Digest.BYTES && random.nextBoolean()
        ? WireFixture.withDigest(mutant)
        : mutant;
  }

  private byte[] otherForm(WireKind kind) {
    return switch (kind) {
      case PARAMETERS -> hybridParametersFrame.clone();
      case RESPONSE -> roundedResponse.clone();
      default -> frame(kind);
    };
  }

  private byte[] changed(byte[] frame, SplittableRandom random) {
    int position = random.nextInt(frame.length);
    int headerPosition = Math.min(random.nextInt(WireHeader.BYTES), frame.length - 1);
    switch (random.nextInt(7)) {
      case 0 -> frame[position] ^= (byte) (1 << random.nextInt(8));
      case 1 -> frame[headerPosition] ^= (byte) (1 << random.nextInt(8));
      case 2 -> frame[headerPosition] = (byte) random.nextInt(256);
      case 3 ->
          Arrays.fill(
              frame, position, Math.min(frame.length, position + random.nextInt(16)), (byte) 0xFF);
      case 4 ->
          Arrays.fill(
              frame, position, Math.min(frame.length, position + random.nextInt(16)), (byte) 0);
      case 5 -> {
        return Arrays.copyOf(frame, 1 + random.nextInt(frame.length + 64));
      }
      default -> {
        byte[] other = List.copyOf(frames.values()).get(random.nextInt(frames.size()));
        int length = Math.min(random.nextInt(64), Math.min(frame.length, other.length) - 1);
        int from = random.nextInt(Math.min(frame.length, other.length) - length);
        System.arraycopy(other, from, frame, from, length);
      }
    }
    return frame;
  }

  @Override
  public void close() {
    he.close();
  }
}
