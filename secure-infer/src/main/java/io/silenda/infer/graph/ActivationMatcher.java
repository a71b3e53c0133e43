package io.silenda.infer.graph;

import java.util.ArrayList;
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
    return agree(expression, new Scaled(candidate, 1, 0, 1));
  }

  /**
   * A known function between two scalings: {@code factor · function(scale · x + shift)}.
   *
   * @param function the known function
   * @param scale of its argument, not 0
   * @param shift of its argument
   * @param factor of its result
   */
  record Scaled(Operator.Activation function, double scale, double shift, double factor) {}

  /** As {@link #match}, for networks that drive an activation far out of its usual range. */
  static Optional<Scaled> matchScaled(Expression expression) {
    List<Expression.Apply> applied = new ArrayList<>();
    expression.collectApplied(applied);
    for (Expression.Apply apply : applied) {
      Optional<double[]> argument = apply.argument().polynomial().filter(p -> p.length >= 2);
      if (argument.isPresent()) {
        for (ActivationKind kind : CANDIDATES) {
          double unit = unitOf(kind, apply.function().kind());
          Operator.Activation candidate = new Operator.Activation(kind);
          double scale = argument.get()[1] * unit;
          double shift = argument.get()[0] * unit;
          double factor = expression.at((3 - shift) / scale) / candidate.apply(3);
          Scaled scaled = new Scaled(candidate, scale, shift, factor);
          if (unit != 0 && Double.isFinite(factor) && factor != 0 && agree(expression, scaled)) {
            return Optional.of(scaled);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What the argument of a part is to be multiplied by to get that of the whole; 0 if neither. */
  private static double unitOf(ActivationKind kind, ActivationKind part) {
    return switch (kind) {
      case SILU -> part == ActivationKind.SIGMOID ? 1 : 0;
      case QUICK_GELU -> part == ActivationKind.SIGMOID ? 1 / 1.702 : 0;
      case GELU -> part == ActivationKind.ERF ? Math.sqrt(2) : 0;
      case GELU_TANH -> part == ActivationKind.TANH ? Math.sqrt(Math.PI / 2) : 0;
      default -> 0;
    };
  }

  private static boolean agree(Expression expression, Scaled candidate) {
    for (int i = 0; i < SAMPLES; i++) {
      double argument = RANGE * (2.0 * i / (SAMPLES - 1) - 1);
      double x = (argument - candidate.shift()) / candidate.scale();
      double wanted = candidate.function().apply(argument);
      double actual = expression.at(x) / candidate.factor();
      if (!(Math.abs(actual - wanted) <= TOLERANCE * (1 + Math.abs(wanted)))) {
        return false;
      }
    }
    return true;
  }
}
