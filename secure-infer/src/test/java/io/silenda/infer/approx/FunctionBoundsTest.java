package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.approx.TensorBounds.Ends;
import io.silenda.infer.graph.ActivationKind;
import io.silenda.infer.graph.Operator.Activation;
import io.silenda.infer.graph.Operator.Polynomial;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionBoundsTest {
  private static final long SEED = 20_261_122;
  private static final int INTERVALS = 40;
  private static final int SAMPLES = 2000;

  @ParameterizedTest
  @EnumSource(ActivationKind.class)
  void everyActivationStaysWithinTightBounds(ActivationKind kind) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < INTERVALS; i++) {
      Activation function = new Activation(kind, random.nextDouble(-2, 2), 2.5);
      double low = random.nextDouble(-8, 4);
      Ends argument = new Ends(low, low + random.nextDouble(0.1, 9));
      requireTight(function::apply, argument, FunctionBounds.of(function, argument), 0.02);
    }
  }

  @Test
  void polynomialsStayWithinBoundsThatAreNotMuchTooWide() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < INTERVALS; i++) {
      double[] coefficients = random.doubles(2 + i % 5, -1, 1).toArray();
      double low = random.nextDouble(-4, 2);
      Ends argument = new Ends(low, low + random.nextDouble(0.1, 5));
      requireTight(
          new Polynomial(coefficients)::apply,
          argument,
          FunctionBounds.of(coefficients, argument),
          0.2);
    }
  }

  private static void requireTight(
      DoubleUnaryOperator function, Ends argument, Ends bounds, double slack) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= SAMPLES; i++) {
      double part = (double) i / SAMPLES;
      double value = function.applyAsDouble((1 - part) * argument.low() + part * argument.high());
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double rounding = 1e-9 * Math.max(1, high - low);
    double tolerance = rounding + slack * (high - low) + 0.02;
    String which = argument + ", seed " + SEED;
    assertThat(bounds.low()).as(which).isBetween(low - tolerance, low + rounding);
    assertThat(bounds.high()).as(which).isBetween(high - rounding, high + tolerance);
  }
}
