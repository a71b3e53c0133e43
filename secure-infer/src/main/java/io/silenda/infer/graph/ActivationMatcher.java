package io.silenda.infer.graph;

import java.util.List;
import java.util.Optional;

/**
 * Recognises a function by its values, whatever nodes it was spelled with. Two of the candidates
 * differ by more than {@link #TOLERANCE} at some sample, so at most one can match; constants that
 * were rounded to float32 stay far below it.
 */
final class ActivationMatcher {
  private static final double TOLERANCE = 2e-6;
  private static final double RANGE = 9;
  private static final int SAMPLES = 73;
  private static final List<ActivationKind> CANDIDATES =
      List.of(
          ActivationKind.SILU,
          ActivationKind.GELU,
          ActivationKind.GELU_TANH,
          ActivationKind.QUICK_GELU,
          ActivationKind.MISH,
          ActivationKind.HARD_SWISH);

  private ActivationMatcher() {}

  static Optional<Operator.Activation> match(Expression expression) {
    return CANDIDATES.stream()
        .map(Operator.Activation::new)
        .filter(candidate -> agree(expression, candidate))
        .findFirst();
  }

  private static boolean agree(Expression expression, Operator.Activation candidate) {
    for (int i = 0; i < SAMPLES; i++) {
      double x = RANGE * (2.0 * i / (SAMPLES - 1) - 1);
      double wanted = candidate.apply(x);
      if (!(Math.abs(expression.at(x) - wanted) <= TOLERANCE * (1 + Math.abs(wanted)))) {
        return false;
      }
    }
    return true;
  }
}
