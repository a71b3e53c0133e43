package io.silenda.dp.mechanism;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.special.Erf;

/**
 * Continuous noise rounded to integers, sampled exactly: round(scale * X), X normal or Laplace, but
 * for a probability of 2^-184.
 *
 * <p>64 bits decide a sample by a function value in doubles, unless that lies so near to where
 * rounding turns that its error could matter, or far out in the tail; then the bits, and as many
 * more as are needed, are compared with the tail probability to forty or a hundred digits. Time
 * therefore depends on the noise in about one of a million samples, and never on data.
 */
final class GridNoise {
  /** Largest scale in grid units; beyond, too many samples would need long arithmetic. */
  static final double LARGEST_SCALE = 1 << 23;

  private static final int CHUNK = 1 << 12;

  private static final MathContext PRECISION = new MathContext(200);

  private final NoiseSource source;
  private final double scale;
  private final double margin;
  // Places of samples that doubles do not decide.
  private int[] open = new int[0];

  GridNoise(NoiseSource source, double scale) {
    if (!(scale >= 1.0 / 64 && scale <= LARGEST_SCALE)) {
      throw new IllegalArgumentException(
          "scale " + scale + " in grid units is not from 1/64 to " + LARGEST_SCALE);
    }
    this.source = source;
    this.scale = scale;
    margin = scale * QuantileTable.ERROR + 64 * Math.ulp(16 * scale);
  }

  /** round(scale * N(0, 1)). */
  long gaussian() {
    long bits = source.nextLong();
    long size = quick(bits >>> 1);
    return size < 0 ? exactGaussian(bits) : signed(bits, size);
  }

  /**
   * The first {@code length} samples of {@code out}: round(scale * N(0, 1)), independent. The same
   * source gives the same ones with and without the native kernel.
   */
  void gaussians(int[] out, int length) {
    if (open.length < Math.min(CHUNK, length)) {
      open = new int[Math.min(CHUNK, length)];
    }
    long[] word = new long[1];
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      long first = source.reserve(count);
      int undecided = decide(first, out, from, count);
      // What more bits these need is drawn behind the chunk's own.
      for (int i = 0; i < undecided; i++) {
        source.read(first + open[i], word);
        out[from + open[i]] = (int) exactGaussian(word[0]);
      }
    }
    word[0] = 0;
  }

  /** Decides all samples that doubles can, and lists the places of the others. */
  private int decide(long first, int[] out, int from, int count) {
    Optional<NativeKeyStream> kernel = source.kernel();
    if (kernel.isPresent()) {
      return kernel.get().normals(first, scale, margin, out, from, count, open);
    }
    long[] words = new long[count];
    source.read(first, words);
    int undecided = 0;
    for (int i = 0; i < count; i++) {
      long size = quick(words[i] >>> 1);
      out[from + i] = (int) signed(words[i], size);
      if (size < 0) {
        open[undecided++] = i;
      }
    }
    Arrays.fill(words, 0);
    return undecided;
  }

  private static long signed(long bits, long size) {
    return (bits & 1) == 0 ? size : -size;
  }

  /** The size by doubles, -1 where these do not decide it. */
  private long quick(long uniform) {
    double value = approximate(uniform);
    return value < 0 ? -1 : decided(value);
  }

  /** The size before it is rounded, at most {@link #margin} off; -1 where the table ends. */
  private double approximate(long uniform) {
    int zeros = Long.numberOfLeadingZeros(uniform) - 1;
    if (zeros >= QuantileTable.OCTAVES) {
      return -1;
    }
    long mantissa = uniform << (zeros + 2);
    int cell = (int) (mantissa >>> (64 - QuantileTable.CELLS_LOG2));
    double t = ((mantissa << QuantileTable.CELLS_LOG2) >>> 11) * 0x1p-52 - 1;
    return QuantileTable.at(zeros, cell, t) * scale;
  }

  private long exactGaussian(long bits) {
    long uniform = bits >>> 1;
    double value = approximate(uniform);
    return signed(
        bits,
        value < 0
            ? exact(uniform, Tail.NORMAL, normalGuess(uniform))
            : besides(uniform, (long) Math.rint(value + 0.5)));
  }

  /** The size where only one edge, half a unit below {@code upper}, is in question. */
  private long besides(long uniform, long upper) {
    LazyUniform lazy = new LazyUniform(source, uniform, 63);
    return exceeds(lazy, Tail.NORMAL, upper - 1) ? upper : upper - 1;
  }

  /** round(scale * Laplace(1)). */
  long laplace() {
    long bits = source.nextLong();
    long uniform = bits >>> 1;
    long size = -1;
    if (uniform >= 1L << 43) {
      size = decided(-Math.log(part(uniform)) * scale);
    }
    if (size < 0) {
      size = exact(uniform, Tail.EXPONENTIAL, -Math.log(part(uniform)) * scale);
    }
    return signed(bits, size);
  }

  private double normalGuess(long uniform) {
    return Math.sqrt(2) * Erf.erfcInv(Math.max(1e-15, part(uniform))) * scale;
  }

  /** The number in (0, 1) that 63 bits stand for. */
  private static double part(long uniform) {
    return (uniform + 0.5) * 0x1p-63;
  }

  /**
   * The nearest integer of a number that is not negative; -1 where the margin reaches beyond it.
   */
  private long decided(double value) {
    double shifted = value + 0.5;
    long whole = (long) shifted;
    double rest = shifted - whole;
    return rest > margin && rest < 1 - margin ? whole : -1;
  }

  /** The size k for which the tail beyond k + 1/2 first falls to the uniform number. */
  private long exact(long uniform, Tail tail, double guess) {
    LazyUniform lazy = new LazyUniform(source, uniform, 63);
    long most = (long) Math.ceil(tail.reach() * scale) + 1;
    long high = Math.min(most, (long) guess + 2);
    long low = Math.max(-1, high - 4);
    for (long step = 8; low >= 0 && !exceeds(lazy, tail, low); step *= 4) {
      high = low;
      low = Math.max(-1, low - step);
    }
    for (long step = 8; high < most && exceeds(lazy, tail, high); step *= 4) {
      low = high;
      high = Math.min(most, high + step);
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (exceeds(lazy, tail, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Whether the sample is larger than {@code size} once rounded. */
  private boolean exceeds(LazyUniform lazy, Tail tail, long size) {
    BigDecimal edge =
        BigDecimal.valueOf(size)
            .add(BigDecimal.valueOf(0.5))
            .divide(new BigDecimal(scale), PRECISION);
    return tail.isAbove(lazy, edge);
  }
}
