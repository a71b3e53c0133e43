package io.silenda.infer.cost;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Times of polynomial arithmetic on one machine, one thread.
 *
 * @param machine names processor and kernels: times hold for no other
 * @param rings for each ring degree, its times
 */
public record MachineCosts(String machine, SortedMap<Integer, RingCosts> rings) {
  /**
   * Times in one ring.
   *
   * @param transformMicros microseconds of one number-theoretic transform, with what surrounds it
   * @param productMicros microseconds of one product of polynomials, keys and weights read from
   *     memory
   */
  public record RingCosts(double transformMicros, double productMicros) {
    /** Checks that times are times. */
    public RingCosts {
      if (!(transformMicros > 0 && productMicros > 0) || transformMicros + productMicros > 1e9) {
        throw new IllegalArgumentException(
            "times " + transformMicros + " and " + productMicros + " are not in (0, 1e9]");
      }
    }
  }

  /** Name of the costs of a machine that was not measured. */
  public static final String NOT_MEASURED = "not measured";

  private static final int SMALLEST_DEGREE = 1024;
  private static final int LARGEST_DEGREE = 65536;

  /** Copies the map and checks that there are times. */
  public MachineCosts {
    rings = new TreeMap<>(rings);
    if (rings.isEmpty()) {
      throw new IllegalArgumentException("rings is empty");
    }
  }

  @Override
  public SortedMap<Integer, RingCosts> rings() {
    return new TreeMap<>(rings);
  }

  /**
   * Times that make the compute times of the exact networks in {@code docs/performance.md}: AVX2
   * kernels on a server processor of 2021. Rings other than 8192 are in proportion.
   */
  public static MachineCosts builtIn() {
    SortedMap<Integer, RingCosts> rings = new TreeMap<>();
    for (int degree = SMALLEST_DEGREE; degree <= LARGEST_DEGREE; degree *= 2) {
      double size = degree / 8192.0;
      double rounds = Integer.numberOfTrailingZeros(degree) / 13.0;
      rings.put(degree, new RingCosts(41.6 * size * rounds, 8.4 * size));
    }
    return new MachineCosts(NOT_MEASURED, rings);
  }

  /** Whether they were measured. */
  public boolean isMeasured() {
    return !machine.equals(NOT_MEASURED);
  }

  /** Times in a ring; of one that was not measured, those of the nearest one in proportion. */
  public RingCosts ring(int degree) {
    RingCosts known = rings.get(degree);
    if (known != null) {
      return known;
    }
    SortedMap<Integer, RingCosts> smaller = rings.headMap(degree);
    int nearest = smaller.isEmpty() ? rings.firstKey() : smaller.lastKey();
    RingCosts costs = ring(nearest);
    double size = (double) degree / nearest;
    return new RingCosts(size * costs.transformMicros(), size * costs.productMicros());
  }
}
