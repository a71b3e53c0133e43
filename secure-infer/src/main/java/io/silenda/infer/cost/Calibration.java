package io.silenda.infer.cost;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.KeyGenerator;
import io.silenda.he.LinearTransform;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import io.silenda.infer.Progress;
import io.silenda.infer.cost.MachineCosts.RingCosts;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Times two operations in each ring, one mostly of transforms and one mostly of products, and
 * solves for the times of both: a few seconds on one thread.
 */
public final class Calibration {
  private static final SortedMap<Integer, Integer> DATA_PRIMES =
      new TreeMap<>(Map.of(4096, 3, 8192, 5, 16384, 8, 32768, 12));

  private static final int PRIME_BITS = 26;
  private static final int BABIES = 12;
  private static final int DIAGONALS = 48;
  private static final int REPETITIONS = 5;

  private Calibration() {}

  /** Measures this machine, which should be idle. */
  public static MachineCosts measure(Progress progress) {
    SortedMap<Integer, RingCosts> rings = new TreeMap<>();
    for (var ring : DATA_PRIMES.entrySet()) {
      progress.update("ring " + ring.getKey(), rings.size(), DATA_PRIMES.size());
      rings.put(ring.getKey(), measure(ring.getKey(), ring.getValue()));
    }
    return new MachineCosts(CostFile.thisMachine(), rings);
  }

  private static RingCosts measure(int degree, int primes) {
    int bits = Math.max(PRIME_BITS, Integer.numberOfTrailingZeros(2 * degree) + 8);
    CkksParameters parameters = CkksParameters.of(degree, Collections.nCopies(primes, bits), bits);
    SortedMap<Integer, Integer> steps = new TreeMap<>();
    for (int step = 1; step < BABIES; step++) {
      steps.put(step, primes - 1);
    }
    double scale = Math.pow(2, bits - 2.0);
    try (CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys =
            generator.evaluationKeys(secret, new EvaluationKeyPlan(primes - 1, steps));
        Plaintext plaintext =
            new Encoder(context).encode(new double[] {1, 0.5}, primes - 1, scale);
        Ciphertext input = Encryptor.symmetric(context, secret).encrypt(plaintext);
        LinearTransform transform = transform(context, primes, scale)) {
      Evaluator evaluator = new AcceleratedEvaluator(context);
      double square = micros(() -> evaluator.squareRelinearizeRescale(input, keys));
      double linear = micros(() -> evaluator.apply(transform, input, keys));
      return solve(square, linear, primes);
    }
  }

  private static LinearTransform transform(CkksContext context, int primes, double scale) {
    LinearTransform.Builder builder =
        LinearTransform.builder(context, primes - 1, scale, scale).rescale(true);
    double[] values = new double[context.parameters().slotCount()];
    Arrays.setAll(values, i -> 0.25 + i % 7);
    for (int i = 0; i < DIAGONALS; i++) {
      builder.diagonal(0, i % BABIES, values);
    }
    return builder.build();
  }

  /** Median of a few runs after one that is not counted. */
  private static double micros(Supplier<Ciphertext> operation) {
    double[] micros = new double[REPETITIONS];
    operation.get().close();
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      operation.get().close();
      micros[i] = (System.nanoTime() - start) / 1000.0;
    }
    Arrays.sort(micros);
    return micros[REPETITIONS / 2];
  }

  static RingCosts solve(double square, double linear, int d) {
    Work first = Work.multiply(d).plus(Work.relinearizeRescale(d));
    Work second =
        Work.decompose(d)
            .plus(Work.keyProducts(d).times(BABIES - 1.0))
            .plus(new Work(0, 2.0 * (d + 1) * DIAGONALS))
            .plus(Work.divideAndRescale(d).times(2));
    double determinant =
        first.transforms() * second.products() - second.transforms() * first.products();
    double transform = (square * second.products() - linear * first.products()) / determinant;
    double product = (linear * first.transforms() - square * second.transforms()) / determinant;
    // A disturbed run may leave nothing to one of them; neither is less than a fifth of its share.
    double all = square / (first.transforms() + first.products());
    return new RingCosts(Math.max(transform, all / 5), Math.max(product, all / 50));
  }

  /** Rings that are measured. */
  public static List<Integer> degrees() {
    return List.copyOf(DATA_PRIMES.keySet());
  }
}
