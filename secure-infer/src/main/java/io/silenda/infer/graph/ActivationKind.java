package io.silenda.infer.graph;

/**
 * The elementwise functions that the importer recognises and that are no polynomials. {@code alpha}
 * and {@code beta} are the parameters of {@link Operator.Activation}.
 */
public enum ActivationKind {
  /** max(x, 0). */
  RELU((x, alpha, beta) -> Math.max(x, 0)),
  /** x for x ≥ 0, alpha · x below. */
  LEAKY_RELU((x, alpha, beta) -> x >= 0 ? x : alpha * x),
  /** min(max(x, alpha), beta): alpha is the lower bound, beta the upper; either may be infinite. */
  CLIP((x, alpha, beta) -> Math.min(Math.max(x, alpha), beta)),
  /** 1 / (1 + e^−x). */
  SIGMOID((x, alpha, beta) -> SpecialFunctions.sigmoid(x)),
  /** tanh x. */
  TANH((x, alpha, beta) -> Math.tanh(x)),
  /** x · sigmoid(x), also called swish. */
  SILU((x, alpha, beta) -> x * SpecialFunctions.sigmoid(x)),
  /** x · Φ(x) with the normal distribution function Φ. */
  GELU((x, alpha, beta) -> 0.5 * x * (1 + SpecialFunctions.erf(x / Math.sqrt(2)))),
  /** The tanh form of GELU: x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))). */
  GELU_TANH(
      (x, alpha, beta) ->
          0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
  /** x · sigmoid(1.702 x). */
  QUICK_GELU((x, alpha, beta) -> x * SpecialFunctions.sigmoid(1.702 * x)),
  /** x for x ≥ 0, alpha · (e^x − 1) below. */
  ELU((x, alpha, beta) -> x >= 0 ? x : alpha * Math.expm1(x)),
  /** beta · x for x ≥ 0, beta · alpha · (e^x − 1) below. */
  SELU((x, alpha, beta) -> beta * (x >= 0 ? x : alpha * Math.expm1(x))),
  /** ln(1 + e^x). */
  SOFTPLUS((x, alpha, beta) -> SpecialFunctions.softplus(x)),
  /** x / (1 + |x|). */
  SOFTSIGN((x, alpha, beta) -> x / (1 + Math.abs(x))),
  /** The error function. */
  ERF((x, alpha, beta) -> SpecialFunctions.erf(x)),
  /** min(max(alpha · x + beta, 0), 1). */
  HARD_SIGMOID((x, alpha, beta) -> Math.min(Math.max(alpha * x + beta, 0), 1)),
  /** x · min(max(x/6 + 1/2, 0), 1). */
  HARD_SWISH((x, alpha, beta) -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1)),
  /** x · tanh(softplus(x)). */
  MISH((x, alpha, beta) -> x * Math.tanh(SpecialFunctions.softplus(x))),
  /** e^x. */
  EXP((x, alpha, beta) -> Math.exp(x)),
  /** sin x. */
  SIN((x, alpha, beta) -> Math.sin(x)),
  /** cos x. */
  COS((x, alpha, beta) -> Math.cos(x)),
  /** |x|. */
  ABS((x, alpha, beta) -> Math.abs(x)),
  /** -1, 0 or 1. */
  SIGN((x, alpha, beta) -> Math.signum(x)),
  /** x for x > alpha, 0 below. */
  THRESHOLDED_RELU((x, alpha, beta) -> x > alpha ? x : 0);

  // Each is a lambda without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function function;

  ActivationKind(Function function) {
    this.function = function;
  }

  /** The exact function at {@code x}. */
  public double apply(double x, double alpha, double beta) {
    return function.apply(x, alpha, beta);
  }

  @FunctionalInterface
  private interface Function {
    double apply(double x, double alpha, double beta);
  }
}
