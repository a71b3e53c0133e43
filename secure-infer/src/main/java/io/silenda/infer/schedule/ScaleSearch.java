package io.silenda.infer.schedule;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Finds primes and scales with the smallest predicted error: hill climbing over bit counts and
 * scales from several starts. Deterministic: the same network always gets the same parameters.
 */
final class ScaleSearch {
  /** Primes below 2^50 suit 52-bit multiply-add instructions. */
  static final int MAX_PRIME_BITS = 50;

  private static final int RESTARTS = 8;
  private static final int MOVES = 8_000;
  private static final int COORDINATES_OF_MOVES = 12;

  /** Longer programs get no more moves than this many times those of a short one. */
  private static final int MAX_MOVE_FACTOR = 4;

  /** What there is to choose for a stage. */
  enum StepScale {
    /** The scale of a linear map's weights. */
    WEIGHTS,
    /** The scale of a polynomial's result. */
    RESULT,
    /** Nothing: a square's scale follows from its input's. */
    NONE
  }

  private final NoiseModel model;
  private final List<StepScale> steps;
  private final int primes;
  private final int maxTotalBits;
  private final int minPrimeBits;
  private final SplittableRandom random = new SplittableRandom(20_240_463);

  /**
   * @param steps what there is to choose for each stage
   * @param primes how many there are besides the first and the special one: what the stages divide
   *     by, then what an answer keeps
   * @param maxTotalBits bound on all primes together, the special one included
   * @param minPrimeBits smallest prime size that exists in number for this degree
   */
  ScaleSearch(
      NoiseModel model, List<StepScale> steps, int primes, int maxTotalBits, int minPrimeBits) {
    this.model = model;
    this.steps = List.copyOf(steps);
    this.primes = primes;
    this.maxTotalBits = maxTotalBits;
    this.minPrimeBits = minPrimeBits;
  }

  /** The best choice found, or empty where the chain does not fit the bound. */
  Optional<ScaleChoice> run() {
    if ((primes + 2) * minPrimeBits > maxTotalBits) {
      return Optional.empty();
    }
    ScaleChoice best = climb(start());
    for (int i = 1; i < RESTARTS; i++) {
      ScaleChoice candidate = climb(start());
      if (objective(candidate) < objective(best)) {
        best = candidate;
      }
    }
    return model.assess(best).overflowBits() <= 0 && best.totalBits() <= maxTotalBits
        ? Optional.of(best)
        : Optional.empty();
  }

  private ScaleChoice start() {
    int share = Math.min(MAX_PRIME_BITS, maxTotalBits / (primes + 2));
    int[] sizes = new int[primes];
    for (int i = 0; i < primes; i++) {
      sizes[i] = clampPrime(share - random.nextInt(8));
    }
    double[] scales = new double[steps.size()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] =
          switch (steps.get(i)) {
            case WEIGHTS -> share - 5 - random.nextInt(8);
            case RESULT -> share - 2 - random.nextInt(8);
            case NONE -> 0;
          };
    }
    return new ScaleChoice(clampPrime(share), clampPrime(share), sizes, share - 2, scales);
  }

  private ScaleChoice climb(ScaleChoice start) {
    ScaleChoice best = start;
    double bestObjective = objective(best);
    int moves =
        MOVES * Math.max(1, Math.min(MAX_MOVE_FACTOR, coordinates(start) / COORDINATES_OF_MOVES));
    for (int move = 0; move < moves; move++) {
      ScaleChoice candidate = change(change(best));
      if (random.nextBoolean()) {
        candidate = change(candidate);
      }
      double objective = objective(candidate);
      if (objective < bestObjective) {
        best = candidate;
        bestObjective = objective;
      }
    }
    return best;
  }

  /** One small step in one coordinate. */
  private ScaleChoice change(ScaleChoice choice) {
    int coordinate = random.nextInt(coordinates(choice));
    int bits = random.nextInt(5) - 2;
    if (coordinate == 0) {
      return choice.withFirstPrime(clampPrime(choice.firstPrime() + bits));
    }
    if (coordinate == 1) {
      return choice.withSpecialPrime(clampPrime(choice.specialPrime() + bits));
    }
    if (coordinate == 2) {
      return choice.withInputScale(choice.inputScale() + smallStep());
    }
    ScaleChoice copy = choice.copy();
    int index = coordinate - 3;
    if (index < copy.rescalePrimes().length) {
      copy.rescalePrimes()[index] = clampPrime(copy.rescalePrimes()[index] + bits);
    } else if (steps.get(index - copy.rescalePrimes().length) != StepScale.NONE) {
      copy.stepScales()[index - copy.rescalePrimes().length] += smallStep();
    }
    return copy;
  }

  private static int coordinates(ScaleChoice choice) {
    return 3 + choice.rescalePrimes().length + choice.stepScales().length;
  }

  private double smallStep() {
    return (random.nextInt(25) - 12) / 8.0;
  }

  private int clampPrime(int bits) {
    return Math.max(minPrimeBits, Math.min(MAX_PRIME_BITS, bits));
  }

  /** log2 of the predicted error, with a steep price on what does not fit. */
  private double objective(ScaleChoice choice) {
    double excess = Math.max(0, choice.totalBits() - maxTotalBits);
    Assessment assessment = model.assess(choice);
    double overflow = Math.max(0, assessment.overflowBits());
    double deviation = NoiseModel.log2(assessment.flooded());
    return deviation + 50 * excess + 50 * overflow;
  }
}
