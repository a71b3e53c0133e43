package io.silenda.attest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Feeds a parser with spoiled input: it must return or refuse with a reason of its own, and
 * allocate no more than sixteen times the input beyond what any refusal costs.
 *
 * <p>With the property {@code silenda.fuzz.seeds} every fuzzer writes its well-formed inputs into
 * that folder, for a search that shall begin there. With {@code silenda.fuzz.instrumented} the
 * bound is a hundred times as wide, since what a search weaves into the code allocates too.
 */
public final class ParserFuzz {
  /** Mutants of a bounded run. */
  public static final int MUTANTS = 5_000;

  private static final long FACTOR = 16;

  /**
   * A refusal with its stack trace, and the objects of the few items that a small input can hold.
   */
  private static final long ALLOWANCE_BYTES = 128 << 10;

  private static final long SLACK = Boolean.getBoolean("silenda.fuzz.instrumented") ? 100 : 1;
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
    Optional.ofNullable(System.getProperty("silenda.fuzz.seeds"))
        .map(Path::of)
        .ifPresent(this::writeSeeds);
    // What the first runs allocate belongs to the virtual machine.
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < WARM_UP; i++) {
      isRead(mutant(random));
    }
  }

  private void writeSeeds(Path folder) {
    try {
      for (byte[] seed : seeds) {
        Files.write(folder.resolve("seed-" + Integer.toHexString(Arrays.hashCode(seed))), seed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every seed is read, every mutant is read or refused, and not all of them are read. */
  public void run(long seed) {
    for (byte[] valid : seeds) {
      assertThat(check(valid, "a seed")).as("a seed is read").isTrue();
    }
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      read += check(mutant(new SplittableRandom(seed + i)), "seed " + (seed + i)) ? 1 : 0;
    }
    assertThat(read).as("mutants read").isLessThan(MUTANTS);
  }

  /**
   * One input is read or refused.
   *
   * @return whether it was read
   */
  public boolean check(byte[] input, String name) {
    // This loads the classes that the input is the first to need.
    boolean read = isRead(input);
    long limit = SLACK * (FACTOR * input.length + ALLOWANCE_BYTES);
    assertThat(allocated(input))
        .as("bytes allocated for %d bytes of input, %s", input.length, name)
        .isLessThan(limit);
    return read;
  }

  private long allocated(byte[] input) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    isRead(input);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private boolean isRead(byte[] input) {
    try {
      parser.parse(input);
      return true;
    } catch (AttestationException refusal) {
      assertThat(refusal.reason()).isNotEqualTo(Reason.INTERNAL);
      return false;
    }
  }

  private byte[] mutant(SplittableRandom random) {
    return Mutants.of(seeds.get(random.nextInt(seeds.size())), random);
  }
}
