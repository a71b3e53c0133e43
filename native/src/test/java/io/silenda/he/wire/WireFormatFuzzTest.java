package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.silenda.he.NativeMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Spoiled frames are read or refused: no other exception, no large allocation, nothing left behind.
 */
class WireFormatFuzzTest {
  private static final int MUTANTS = 100_000;
  private static final long SEED = 20;
  private static final long ALLOWANCE_BYTES = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Frames frames;

  @BeforeAll
  static void open() throws IOException {
    frames = new Frames();
    loadClasses();
  }

  /** What the first reading of each kind allocates belongs to the virtual machine. */
  private static void loadClasses() throws IOException {
    for (WireKind kind : WireKind.values()) {
      for (int i = 0; i < 500; i++) {
        refusal(kind, frames.mutant(kind, new SplittableRandom(i)));
      }
      assertThat(refusal(kind, frames.frame(kind))).isEmpty();
    }
  }

  @AfterAll
  static void close() {
    frames.close();
  }

  @Test
  void everyMutantIsReadOrRefused() throws IOException {
    long nativeBytes = NativeMemory.allocatedBytes();
    WireKind[] kinds = WireKind.values();
    Map<WireKind, Integer> accepted = new EnumMap<>(WireKind.class);
    for (int i = 0; i < MUTANTS; i++) {
      WireKind kind = kinds[i % kinds.length];
      byte[] mutant = frames.mutant(kind, new SplittableRandom(SEED + i));
      accepted.merge(kind, isRead(kind, mutant, "seed " + (SEED + i)) ? 1 : 0, Integer::sum);
    }
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(nativeBytes);
    assertThat(accepted.values())
        .as("accepted mutants of each kind: %s", accepted)
        .hasSize(kinds.length)
        .allSatisfy(count -> assertThat(count).isBetween(1, MUTANTS / kinds.length / 3));
  }

  /**
   * Without fuzzing this runs on an empty input only; the environment variable {@code JAZZER_FUZZ}
   * with the property {@code jazzer.hooks} makes it search.
   */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) throws IOException {
    long nativeBytes = NativeMemory.allocatedBytes();
    byte[] repaired = bytes.length > Digest.BYTES ? WireFixture.withDigest(bytes) : bytes;
    for (WireKind kind : WireKind.values()) {
      isRead(kind, bytes, "as it is");
      isRead(kind, repaired, "with its digest made right");
    }
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(nativeBytes);
  }

  /** The input is a kind and edits of its frame, so that the search gets past the random ids. */
  @FuzzTest
  void editedFramesAreReadOrRefused(byte[] edits) throws IOException {
    long nativeBytes = NativeMemory.allocatedBytes();
    int selector = edits.length == 0 ? 0 : Byte.toUnsignedInt(edits[0]);
    WireKind[] kinds = WireKind.values();
    WireKind kind = kinds[selector % kinds.length];
    byte[] frame = frames.frame(kind);
    for (int i = 1; i + 2 < edits.length; i += 3) {
      int position = (Byte.toUnsignedInt(edits[i]) << 8) | Byte.toUnsignedInt(edits[i + 1]);
      frame[position % frame.length] ^= edits[i + 2];
    }
    isRead(kind, selector < 128 ? WireFixture.withDigest(frame) : frame, "edited");
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(nativeBytes);
  }

  private static boolean isRead(WireKind kind, byte[] bytes, String which) throws IOException {
    try {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Optional<String> refusal = refusal(kind, bytes);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as(which).isLessThanOrEqualTo(2L * bytes.length + ALLOWANCE_BYTES);
      refusal.ifPresent(text -> assertThat(text).as(which).isNotBlank().doesNotContain("\n"));
      return refusal.isEmpty();
    } catch (RuntimeException e) {
      return Assertions.fail(which, e);
    }
  }

  private static Optional<String> refusal(WireKind kind, byte[] bytes) throws IOException {
    try {
      frames.read(kind, bytes);
      return Optional.empty();
    } catch (WireFormatException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
