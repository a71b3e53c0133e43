package io.silenda.he;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Applies operations to twins: on both evaluators, in the clear, and to the bound of the error. */
final class TwinOperations {
  static final int[] STEPS = {1, 5, 64, 509};
  private static final int[] BABY_STEPS = {0, 1, 5};
  private static final int[] GIANT_STEPS = {0, 64};

  private final HeFixture he;
  private final EvaluationKeys keys;
  private final double scale;
  private final NoiseBounds bounds;
  private final Evaluator seal;
  private final Evaluator fast;

  TwinOperations(HeFixture he, EvaluationKeys keys, double scale) {
    this.he = he;
    this.keys = keys;
    this.scale = scale;
    this.bounds = new NoiseBounds(he);
    this.seal = new SealEvaluator(he.context);
    this.fast = new AcceleratedEvaluator(he.context);
  }

  /** A fresh encryption of values in [-1, 1); the same ciphertext twice. */
  TwinCiphertext fresh(Random random, int level) {
    double[] values = HeFixture.randomValues(random, he.slots());
    Ciphertext one = he.encrypt(values, level, scale);
    return new TwinCiphertext(one, one, values, bounds.fresh(scale), true);
  }

  TwinCiphertext apply(TwinOperation operation, TwinCiphertext x, Random random) {
    return switch (operation) {
      case ADD -> withFresh(x, random, x.scale(), Evaluator::add, Double::sum, 1);
      case SUBTRACT -> withFresh(x, random, x.scale(), Evaluator::sub, (a, b) -> a - b, 1);
      case MULTIPLY -> withFresh(x, random, scale, Evaluator::multiply, (a, b) -> a * b, 0);
      case ADD_PLAIN -> addPlain(x, random);
      case MULTIPLY_PLAIN -> multiplyPlain(x, random);
      case NEGATE -> unary(x, (e, c) -> e.negate(c), a -> -a, x.error());
      case DROP_LEVEL -> unary(x, (e, c) -> e.modSwitchTo(c, x.level() - 1), a -> a, x.error());
      case SQUARE -> unary(x, (e, c) -> e.square(c), a -> a * a, squareError(x));
      case RELINEARIZE -> unary(x, (e, c) -> e.relinearize(c, keys), a -> a, afterSwitch(x));
      case RESCALE -> rescale(x);
      case ROTATE -> rotate(x, STEPS[random.nextInt(STEPS.length)]);
      case SQUARE_RELINEARIZE_RESCALE -> squareRelinearizeRescale(x);
      case TRANSFORM -> transform(x, random);
      case POLYNOMIAL -> polynomial(x, random);
    };
  }

  private interface Unary {
    Ciphertext apply(Evaluator evaluator, Ciphertext operand);
  }

  private interface Binary {
    Ciphertext apply(Evaluator evaluator, Ciphertext left, Ciphertext right);
  }

  private interface Clear {
    double apply(double left, double right);
  }

  private TwinCiphertext unary(
      TwinCiphertext x, Unary operation, Function<Double, Double> clear, double error) {
    double[] values = Arrays.stream(x.clear()).map(clear::apply).toArray();
    return twin(x, operation, values, error, x.exact());
  }

  private TwinCiphertext twin(
      TwinCiphertext x, Unary operation, double[] clear, double error, boolean exact) {
    Ciphertext reference = operation.apply(seal, x.seal());
    return new TwinCiphertext(reference, operation.apply(fast, x.fast()), clear, error, exact);
  }

  /** A sum adds errors; a product adds each error times the other's largest value. */
  private TwinCiphertext withFresh(
      TwinCiphertext x, Random random, double at, Binary operation, Clear clear, int sum) {
    double[] values = HeFixture.randomValues(random, he.slots());
    double fresh = bounds.fresh(at);
    double error = sum == 1 ? x.error() + fresh : x.error() * (1 + fresh) + fresh * x.largest();
    try (Ciphertext other = he.encrypt(values, x.level(), at)) {
      return twin(
          x, (e, c) -> operation.apply(e, c, other), merge(x, values, clear), error, x.exact());
    }
  }

  private static double[] merge(TwinCiphertext x, double[] values, Clear clear) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> clear.apply(x.clear()[i], values[i]))
        .toArray();
  }

  private TwinCiphertext addPlain(TwinCiphertext x, Random random) {
    double[] values = HeFixture.randomValues(random, he.slots());
    try (Plaintext plaintext = he.encoder.encode(values, x.level(), x.scale())) {
      double error = x.error() + bounds.encoding(x.scale());
      return twin(
          x, (e, c) -> e.addPlain(c, plaintext), merge(x, values, Double::sum), error, x.exact());
    }
  }

  private TwinCiphertext multiplyPlain(TwinCiphertext x, Random random) {
    double[] values = HeFixture.randomValues(random, he.slots());
    try (Plaintext plaintext = he.encoder.encode(values, x.level(), scale)) {
      double[] clear = merge(x, values, (a, b) -> a * b);
      double error = x.error() + bounds.encoding(scale) * x.largest();
      return twin(x, (e, c) -> e.multiplyPlain(c, plaintext), clear, error, x.exact());
    }
  }

  private static double squareError(TwinCiphertext x) {
    return 2 * x.error() * x.largest();
  }

  private double afterSwitch(TwinCiphertext x) {
    return x.error() + bounds.keySwitch(x.level(), x.scale());
  }

  private double rescaled(TwinCiphertext x) {
    return x.scale() / he.context.dataPrimes()[x.level()];
  }

  private TwinCiphertext rescale(TwinCiphertext x) {
    double error = x.error() + bounds.rescale(x.size(), rescaled(x));
    return unary(x, (e, c) -> e.rescale(c), a -> a, error);
  }

  private TwinCiphertext rotate(TwinCiphertext x, int step) {
    double[] clear = rotated(x.clear(), step);
    return twin(x, (e, c) -> e.rotate(c, step, keys), clear, afterSwitch(x), x.exact());
  }

  private TwinCiphertext squareRelinearizeRescale(TwinCiphertext x) {
    double error =
        squareError(x)
            + bounds.keySwitch(x.level(), x.scale() * x.scale())
            + bounds.rescale(2, x.scale() * rescaled(x));
    return unary(x, (e, c) -> e.squareRelinearizeRescale(c, keys), a -> a * a, error);
  }

  /** Six diagonals, at most 1/6 each, then u + rot_64(u), and a bias. Baby steps are hoisted. */
  private TwinCiphertext transform(TwinCiphertext x, Random random) {
    double prime = he.context.dataPrimes()[x.level()];
    double[] sum = new double[he.slots()];
    LinearTransform.Builder builder =
        LinearTransform.builder(he.context, x.level(), x.scale(), prime).rescale(true).fold(64);
    int count = BABY_STEPS.length * GIANT_STEPS.length;
    for (int giant : GIANT_STEPS) {
      for (int baby : BABY_STEPS) {
        double[] diagonal = random.doubles(he.slots(), -1.0 / count, 1.0 / count).toArray();
        builder.diagonal(giant, baby, diagonal);
        double[] source = rotated(x.clear(), giant + baby);
        Arrays.setAll(sum, s -> sum[s] + diagonal[s] * source[s]);
      }
    }
    double[] bias = HeFixture.randomValues(random, he.slots());
    double[] folded = rotated(sum, 64);
    double[] clear =
        IntStream.range(0, sum.length).mapToDouble(s -> sum[s] + folded[s] + bias[s]).toArray();
    try (LinearTransform transform = builder.bias(bias).build()) {
      boolean stillExact = false;
      return twin(
          x, (e, c) -> e.apply(transform, c, keys), clear, transformError(x, count), stillExact);
    }
  }

  private double transformError(TwinCiphertext x, int count) {
    double prime = he.context.dataPrimes()[x.level()];
    double sum =
        afterSwitch(x)
            + count * bounds.encoding(prime) * x.largest()
            + GIANT_STEPS.length * bounds.keySwitch(x.level(), x.scale() * prime)
            + bounds.rescale(2, x.scale());
    return 2 * sum + bounds.keySwitch(x.level() - 1, x.scale()) + bounds.encoding(x.scale());
  }

  /** A derivative of T_k is at most k² on [-1, 1], of x^k at most k. */
  private TwinCiphertext polynomial(TwinCiphertext x, Random random) {
    int degree = 2 + random.nextInt(x.level() > 2 ? 6 : 2);
    Polynomial.Basis basis =
        random.nextBoolean() ? Polynomial.Basis.CHEBYSHEV : Polynomial.Basis.MONOMIAL;
    double[] coefficients =
        random.doubles(degree + 1, -1.0 / (degree + 1), 1.0 / (degree + 1)).toArray();
    Polynomial polynomial = new Polynomial(basis, coefficients);
    double slope = 0;
    for (int k = 1; k <= degree; k++) {
      slope += k * k * Math.abs(coefficients[k]);
    }
    // Each product on the way is switched and rescaled once; later products double its error.
    double perProduct = bounds.keySwitch(x.level(), scale) + bounds.rescale(2, scale);
    double error = slope * x.error() + (1 << polynomial.depth()) * degree * perProduct;
    return unary(x, (e, c) -> e.evaluate(polynomial, c, keys, scale), polynomial::valueAt, error);
  }

  private static double[] rotated(double[] values, int step) {
    double[] result = new double[values.length];
    Arrays.setAll(result, s -> values[(s + step) % values.length]);
    return result;
  }
}
