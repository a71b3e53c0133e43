package io.silenda.infer.enclave.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.enclave.paging.Page.Weight;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tables of any bytes are read or refused, without more memory than their size justifies. */
class PageTableFuzzTest {
  private static final long SEED = 970;
  private static final long CONTENT_BYTES = 1 << 20;
  private static final long ALLOWANCE_BYTES = 1 << 17;

  private final byte[] valid =
      new PageTable(
              "x",
              "y",
              List.of(
                  new Page(new byte[40], List.of()),
                  new Page(
                      new byte[20],
                      List.of(
                          new Weight("w", 1, List.of(8L, 4L), 1024, 128),
                          new Weight("b", 1, List.of(4L), 1152, 16)))))
          .encode();

  @Test
  void aTableComesBack() throws Exception {
    PageTable table = parse(valid);
    assertThat(table.input()).isEqualTo("x");
    assertThat(table.output()).isEqualTo("y");
    assertThat(table.pages()).hasSize(2);
    assertThat(table.pages().get(1).weights().get(0).shape()).containsExactly(8, 4);
    assertThat(table.pages().get(1).spanBytes()).isEqualTo(144);
  }

  @Test
  void everyMutantIsReadOrRefused() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      byte[] mutant = mutant(new SplittableRandom(SEED + i));
      long before = threads.getCurrentThreadAllocatedBytes();
      readOrRefuse(mutant);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as("seed %d", SEED + i)
          .isLessThan(ALLOWANCE_BYTES + 16L * mutant.length);
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < valid.length; length++) {
      assertThat(readOrRefuse(java.util.Arrays.copyOf(valid, length))).as("%d", length).isFalse();
    }
  }

  private static boolean readOrRefuse(byte[] bytes) {
    try {
      parse(bytes);
      return true;
    } catch (PrivateInferenceException e) {
      assertThat(e.reason()).isEqualTo(PrivateInferenceException.Reason.NOT_A_PAGED_MODEL);
      return false;
    }
  }

  private static PageTable parse(byte[] bytes) throws PrivateInferenceException {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    int length = PageTable.bodyBytes(all, Math.min(bytes.length, CONTENT_BYTES));
    return PageTable.parse(all.limit(PageTable.PREFIX_BYTES + length), CONTENT_BYTES);
  }

  private byte[] mutant(SplittableRandom random) {
    byte[] mutant = valid.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(8, mutant.length);
      mutant[at] =
          (byte) (random.nextBoolean() ? mutant[at] ^ (1 << random.nextInt(8)) : random.nextInt());
    }
    return mutant;
  }
}
