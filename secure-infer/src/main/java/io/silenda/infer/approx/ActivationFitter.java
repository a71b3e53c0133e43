package io.silenda.infer.approx;

import io.silenda.infer.graph.Operator.Activation;
import io.silenda.infer.graph.Operator.Approximation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Fits polynomials to one activation on its calibrated range; fits are made once and kept. */
final class ActivationFitter {
  /** Below this part of its magnitude, what a line differs from a function is rounding. */
  private static final double LINEAR = 1e-9;

  private static final int CHECK_POINTS = 4000;

  private final String node;
  private final Activation activation;
  private final ActivationInputs inputs;
  private final RangeSource source;
  private final double margin;
  private final Interval interval;
  private final DoubleUnaryOperator onUnit;
  private final double[] density;
  private final Map<Method, Map<Integer, Fit>> fits = new EnumMap<>(Method.class);

  /**
   * @param inputs what the activation was given on sample rows
   * @param margin by which part of the observed width each end of the interval lies outside of it
   * @param interval where the polynomial is fitted
   * @param source where the interval comes from
   */
  ActivationFitter(
      String node,
      Activation activation,
      ActivationInputs inputs,
      double margin,
      Interval interval,
      RangeSource source) {
    this.node = node;
    this.activation = activation;
    this.inputs = inputs;
    this.source = source;
    this.margin = margin;
    this.interval = interval;
    this.onUnit = interval.onUnit(activation::apply);
    // Made rows crowd where no real ones may be: only real ones have a density worth fitting to.
    this.density =
        source == RangeSource.PROPAGATED_BOUNDS
            ? ActivationInputs.evenDensity()
            : inputs.density(interval);
  }

  Interval interval() {
    return interval;
  }

  /** How much wider the interval is than what sample rows show. */
  double excessWidth() {
    double observed = Math.max(Double.MIN_NORMAL, inputs.largest() - inputs.smallest());
    return (interval.high() - interval.low()) / observed;
  }

  /** Whether the function is a straight line on the whole interval. */
  boolean isLinear() {
    Fit line = fit(1, Method.MINIMAX);
    double magnitude = Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
    return line.maxError() <= LINEAR * magnitude;
  }

  /** Whether the function has one value on the whole interval. */
  boolean isConstant() {
    double magnitude = Math.max(Math.abs(interval.low()), Math.abs(interval.high()));
    return fit(0, Method.MINIMAX).maxError() <= LINEAR * magnitude;
  }

  Fit fit(int degree, Method method) {
    return fits.computeIfAbsent(method, m -> new HashMap<>())
        .computeIfAbsent(degree, d -> compute(d, method));
  }

  private Fit compute(int degree, Method method) {
    double[] coefficients =
        method == Method.MINIMAX
            ? Remez.fit(onUnit, degree).coefficients()
            : LeastSquares.fit(
                onUnit, degree, ActivationInputs.binCentres(), ActivationInputs.weights(density));
    double[] atLeastTwo = Arrays.copyOf(coefficients, Math.max(2, coefficients.length));
    Approximation approximation =
        new Approximation(activation, interval.low(), interval.high(), atLeastTwo);
    return new Fit(approximation, method, maxError(coefficients), rmsError(coefficients));
  }

  private double maxError(double[] coefficients) {
    double largest = 0;
    for (double t : ChebyshevSeries.extrema(CHECK_POINTS)) {
      largest = Math.max(largest, Math.abs(error(coefficients, t)));
    }
    return largest;
  }

  private double rmsError(double[] coefficients) {
    double[] centres = ActivationInputs.binCentres();
    double squares = 0;
    for (int i = 0; i < centres.length; i++) {
      double error = error(coefficients, centres[i]);
      squares += density[i] * error * error;
    }
    return Math.sqrt(squares);
  }

  private double error(double[] coefficients, double t) {
    return ChebyshevSeries.valueAt(coefficients, t) - onUnit.applyAsDouble(t);
  }

  ActivationReport report(Fit fit) {
    return new ActivationReport(
        node,
        activation.kind().name(),
        fit.degree(),
        fit.method(),
        interval.low(),
        interval.high(),
        inputs.smallest(),
        inputs.largest(),
        margin,
        source,
        fit.maxError(),
        fit.rmsError());
  }
}
