package io.silenda.attest.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedModelTest {
  private static final int CHUNK = SealedHeader.MIN_CHUNK_BYTES;
  private static final int SEALED_CHUNK = CHUNK + SealedHeader.CHUNK_TAG_BYTES;
  private static final long SEED = 900;

  @TempDir Path folder;

  private final ModelKey key = ModelKey.generate();

  @Test
  void contentOfEverySizeComesBack() throws Exception {
    for (int size : new int[] {1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 5 * CHUNK + 77}) {
      byte[] content = content(size);
      SealedHeader written = seal("model", content);
      try (SealedModel model = SealedModel.open(folder.resolve("model"), key)) {
        assertThat(model.readAll()).isEqualTo(content);
        assertThat(model.header().encode()).isEqualTo(written.encode());
        assertThat(model.header().modelDigest()).isEqualTo(Digests.SHA_256.hash(content));
      }
    }
  }

  @Test
  void anyRangeIsReadInAnyOrder() throws Exception {
    byte[] content = content(700 * CHUNK + 123);
    seal("model", content);
    SplittableRandom random = new SplittableRandom(SEED);
    try (SealedModel model = SealedModel.open(folder.resolve("model"), key)) {
      for (int i = 0; i < 300; i++) {
        int from = random.nextInt(content.length);
        int length = random.nextInt(Math.min(content.length - from, 4 * CHUNK) + 1);
        ByteBuffer target = i % 2 == 0 ? ByteBuffer.allocate(length) : direct(length);
        model.read(from, target);
        byte[] read = new byte[length];
        target.flip().get(read);
        assertThat(read)
            .as("seed %d, turn %d", SEED, i)
            .isEqualTo(Arrays.copyOfRange(content, from, from + length));
      }
    }
  }

  @Test
  void aFlippedBitAnywhereIsRefused() throws Exception {
    seal("model", content(3 * CHUNK + 5));
    byte[] file = Files.readAllBytes(folder.resolve("model"));
    SplittableRandom random = new SplittableRandom(SEED);
    for (int at = 0; at < SealedHeader.SIZE_BYTES; at++) {
      assertThat(refusal(flipped(file, at, random.nextInt(8))))
          .as("header byte %d", at)
          .isNotNull();
    }
    for (int at = SealedHeader.SIZE_BYTES; at < file.length; at += 61) {
      assertThat(refusal(flipped(file, at, random.nextInt(8))))
          .as("byte %d", at)
          .isEqualTo(Reason.SEALED_CHUNK);
    }
    assertThat(refusal(flipped(file, file.length - 1, 0))).isEqualTo(Reason.SEALED_CHUNK);
  }

  @Test
  void eachFieldOfTheHeaderHasItsRefusal() throws Exception {
    seal("model", content(3 * CHUNK));
    byte[] file = Files.readAllBytes(folder.resolve("model"));
    assertThat(refusal(flipped(file, 0, 0))).isEqualTo(Reason.UNKNOWN_FORMAT);
    assertThat(refusal(flipped(file, 9, 1))).isEqualTo(Reason.UNSUPPORTED_VERSION);
    assertThat(refusal(flipped(file, 11, 1))).isEqualTo(Reason.UNSUPPORTED_ALGORITHM);
    assertThat(refusal(flipped(file, 12, 0))).isEqualTo(Reason.BAD_FIELD);
    assertThat(refusal(flipped(file, 16, 7))).isEqualTo(Reason.BAD_FIELD);
    int[] starts = {23, 31, 32, 64, 96, 128};
    for (int start : starts) {
      assertThat(refusal(flipped(file, start, 2)))
          .as("field at %d", start)
          .isEqualTo(Reason.SEALED_HEADER);
    }
  }

  @Test
  void chunksCannotBeMovedRepeatedOrCutOff() throws Exception {
    seal("model", content(4 * CHUNK));
    byte[] file = Files.readAllBytes(folder.resolve("model"));
    assertThat(refusal(withChunk(withChunk(file, 0, chunk(file, 1)), 1, chunk(file, 0))))
        .isEqualTo(Reason.SEALED_CHUNK);
    assertThat(refusal(withChunk(file, 2, chunk(file, 1)))).isEqualTo(Reason.SEALED_CHUNK);
    assertThat(refusal(withChunk(file, 3, chunk(file, 2)))).isEqualTo(Reason.SEALED_CHUNK);
    assertThat(refusal(Arrays.copyOf(file, file.length - SEALED_CHUNK)))
        .isEqualTo(Reason.TRUNCATED);
    assertThat(refusal(Arrays.copyOf(file, file.length - 1))).isEqualTo(Reason.TRUNCATED);
    assertThat(refusal(Arrays.copyOf(file, file.length + 1))).isEqualTo(Reason.TRAILING_BYTES);
    assertThat(refusal(Arrays.copyOf(file, file.length + SEALED_CHUNK)))
        .isEqualTo(Reason.TRAILING_BYTES);
    assertThat(refusal(Arrays.copyOf(file, 100))).isEqualTo(Reason.TRUNCATED);
    assertThat(refusal(new byte[0])).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void chunksOfAnotherContainerUnderTheSameKeyAreRefused() throws Exception {
    byte[] content = content(3 * CHUNK);
    seal("model", content);
    seal("other", content);
    byte[] file = Files.readAllBytes(folder.resolve("model"));
    byte[] other = Files.readAllBytes(folder.resolve("other"));
    assertThat(refusal(withChunk(file, 1, chunk(other, 1)))).isEqualTo(Reason.SEALED_CHUNK);
  }

  @Test
  void anotherKeyIsRefusedBeforeAnyChunk() throws Exception {
    seal("model", content(CHUNK));
    try (ModelKey other = ModelKey.generate()) {
      assertThatThrownBy(() -> SealedModel.open(folder.resolve("model"), other))
          .isInstanceOfSatisfying(
              AttestationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.SEALED_HEADER));
    }
  }

  @Test
  void memoryIsBounded() throws Exception {
    seal("model", content(48 << 20));
    ByteBuffer target = ByteBuffer.allocateDirect(48 << 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    CipherWarmUp.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (SealedModel model = SealedModel.open(folder.resolve("model"), key)) {
      model.read(0, target);
    }
    // Two buffers, and small objects for each of the 12,288 chunks.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(40L << 20);
  }

  @Test
  void anUnfinishedContainerLeavesNothing() throws Exception {
    Path target = folder.resolve("model");
    try (SealedModelWriter out = SealedModelWriter.open(target, key, ModelHead.NONE, CHUNK)) {
      out.write(content(3 * CHUNK));
    }
    try (SealedModelWriter out = SealedModelWriter.open(target, key, ModelHead.NONE, CHUNK)) {
      assertThatThrownBy(out::finish).isInstanceOf(IOException.class);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void mistakesOfTheCallerAreNamed() throws Exception {
    seal("model", content(CHUNK));
    SealedModel model = SealedModel.open(folder.resolve("model"), key);
    assertThatThrownBy(() -> model.read(1, ByteBuffer.allocate(CHUNK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0, 0]");
    model.close();
    model.close();
    assertThatThrownBy(model::readAll).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ModelKey.of(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> SealedModelWriter.open(folder.resolve("x"), key, ModelHead.NONE, 5_000))
        .isInstanceOf(IllegalArgumentException.class);
    key.close();
    assertThatThrownBy(key::copySecret).isInstanceOf(IllegalStateException.class);
  }

  private SealedHeader seal(String name, byte[] content) throws IOException {
    Path target = folder.resolve(name);
    try (SealedModelWriter out = SealedModelWriter.open(target, key, ModelHead.NONE, CHUNK)) {
      out.write(content);
      return out.finish();
    }
  }

  /** The reason for which these bytes cannot be read to their end. */
  private Reason refusal(byte[] file) throws IOException {
    Path altered = Files.write(folder.resolve("altered"), file);
    return catchThrowableOfType(
            AttestationException.class,
            () -> {
              try (SealedModel model = SealedModel.open(altered, key)) {
                model.readAll();
              }
            })
        .reason();
  }

  private static byte[] flipped(byte[] file, int at, int bit) {
    byte[] copy = file.clone();
    copy[at] ^= (byte) (1 << bit);
    return copy;
  }

  private static byte[] chunk(byte[] file, int index) {
    int from = SealedHeader.SIZE_BYTES + index * SEALED_CHUNK;
    return Arrays.copyOfRange(file, from, from + SEALED_CHUNK);
  }

  private static byte[] withChunk(byte[] file, int index, byte[] chunk) {
    byte[] copy = file.clone();
    System.arraycopy(chunk, 0, copy, SealedHeader.SIZE_BYTES + index * SEALED_CHUNK, SEALED_CHUNK);
    return copy;
  }

  private static ByteBuffer direct(int length) {
    return ByteBuffer.allocateDirect(length);
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new SplittableRandom(SEED + size).nextBytes(content);
    return content;
  }
}
