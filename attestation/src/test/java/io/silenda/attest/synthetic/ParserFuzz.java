package io.silenda.attest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.silenda.attest.AttestationException;
import java.lang.management.ManagementFactory;
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
    return Mutants.of(seeds.get(random.nextInt(seeds.size())), random);
  }
}
