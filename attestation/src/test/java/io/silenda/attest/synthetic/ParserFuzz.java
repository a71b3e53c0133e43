package io.silenda.attest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.silenda.attest.AttestationException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Feeds a parser with spoiled input: it must return or refuse, and allocate no more than sixteen
 * times the input beyond what any refusal costs.
 */
public final class ParserFuzz {
  /** Mutants of a bounded run. */
  public static final int MUTANTS = 5_000;

  private static final long FACTOR = 16;

  /**
   * A refusal with its stack trace, and the objects of the few items that a small input can hold.
   */
  private static final long ALLOWANCE_BYTES = 128 << 10;

  private static final int WARM_UP = 1_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A parser under test. */
  public interface Parser {
    void parse(byte[] bytes) throws AttestationException;
  }

  private final Parser parser;
  private final List<byte[]> seeds;

  /**
   * A fuzzer.
   *
   * @param seeds well-formed inputs
   */
  public ParserFuzz(Parser parser, byte[]... seeds) {
    this.parser = parser;
    this.seeds = List.of(seeds);
    // What the first runs allocate belongs to the virtual machine.
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < WARM_UP; i++) {
      isRead(mutant(random));
    }
  }

  /** Every seed is read, and every mutant is read or refused. */
  public void run(long seed) {
    for (byte[] valid : seeds) {
      assertThat(isRead(valid)).as("a seed is read").isTrue();
    }
    for (int i = 0; i < MUTANTS; i++) {
      check(mutant(new SplittableRandom(seed + i)), "seed " + (seed + i));
    }
  }

  /** One input is read or refused. */
  public void check(byte[] input, String name) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    isRead(input);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated)
        .as("bytes allocated for %d bytes of input, %s", input.length, name)
        .isLessThan(FACTOR * input.length + ALLOWANCE_BYTES);
  }

  private boolean isRead(byte[] input) {
    try {
      parser.parse(input);
      return true;
    } catch (AttestationException refusal) {
      return false;
    }
  }

  private byte[] mutant(SplittableRandom random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes = mutate(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int position = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[position] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[position] = (byte) random.nextInt();
      case 2 -> bytes[position] = (byte) (random.nextBoolean() ? 0xff : 0);
      case 3 -> {
        return Arrays.copyOf(bytes, position);
      }
      case 4 -> {
        byte[] end = Arrays.copyOfRange(bytes, position, bytes.length);
        return Keys.concat(Arrays.copyOf(bytes, position), new byte[1 + random.nextInt(8)], end);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(16), bytes.length - Math.max(from, position));
        System.arraycopy(bytes, from, bytes, position, length);
      }
    }
    return bytes;
  }
}
