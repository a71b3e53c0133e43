package io.silenda.dp.engine;

import io.silenda.dp.network.LayerSpec.PolynomialActivation;
import java.util.Arrays;

/** A trained polynomial of every number, and the penalty for leaving its range. */
final class PolynomialNode extends SmallNode implements Penalty {
  private final PolynomialActivation spec;
  private final Batch batch;
  private final double[] powers;

  PolynomialNode(Tensor in, Tensor out, Batch batch, int offset, PolynomialActivation spec) {
    super(in, out, batch, offset, spec.degree() + 1);
    this.spec = spec;
    this.batch = batch;
    powers = new double[spec.degree() + 1];
  }

  @Override
  void forward(int rows) {
    for (int i = 0; i < rows * in.size; i++) {
      float x = in.values[i];
      float y = 0;
      for (int k = parameters.length - 1; k >= 0; k--) {
        y = y * x + parameters[k];
      }
      out.values[i] = y;
    }
  }

  @Override
  void backward(int rows, boolean wanted) {
    gradients.clear();
    for (int row = 0; row < rows; row++) {
      Arrays.fill(powers, 0);
      for (int i = row * in.size; i < (row + 1) * in.size; i++) {
        in.gradients[i] = one(in.values[i], out.gradients[i]);
      }
      for (int k = 0; k < powers.length; k++) {
        gradients.add(row, k, powers[k]);
      }
    }
  }

  /** Adds to the gradient of the coefficients, and returns that of the input. */
  private float one(float x, float above) {
    double power = above;
    double slope = 0;
    double before = 1;
    powers[0] += power;
    for (int k = 1; k < parameters.length; k++) {
      slope += k * parameters[k] * before;
      before *= x;
      power *= x;
      powers[k] += power;
    }
    return (float) (slope * above + penaltySlope(x));
  }

  private double penaltySlope(float x) {
    double beyond = Math.abs(x) - spec.inputBound();
    return beyond > 0
        ? Math.signum(x) * 2 * beyond * spec.rangePenalty() / ((double) in.size * batch.views)
        : 0;
  }

  @Override
  public double penalty(int row) {
    double sum = 0;
    for (int i = row * in.size; i < (row + 1) * in.size; i++) {
      double beyond = Math.max(0, Math.abs(in.values[i]) - spec.inputBound());
      sum += beyond * beyond;
    }
    return spec.rangePenalty() * sum / in.size;
  }
}
