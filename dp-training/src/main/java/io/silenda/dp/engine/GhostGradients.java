package io.silenda.dp.engine;

import io.silenda.dp.blas.FloatMemory;

/**
 * Many positions, more weights: the squared norm is the sum over pairs of positions of (product of
 * inputs) (product of gradients), and the gradient is never there (arXiv 2205.10683).
 *
 * <p>Terms can cancel. The sum of magnitudes A of an example bounds its rounding errors, so that A
 * u is added to the norm, and an example whose A is more than {@link #SPREAD} sqrt(P) clipping
 * norms is scaled down further (docs/dp-numerics.md, cancellation).
 */
final class GhostGradients extends LinearGradients {
  private static final double SPREAD = 4;
  private static final double SUM_ERROR = 0.0025;

  private final double largestSpread;
  private final int part;
  private final FloatMemory inputGram;
  private final FloatMemory gradientGram;
  private final float[] ofInputs;
  private final float[] ofGradients;

  GhostGradients(Products products, Batch batch, int positions) {
    super(products, batch, positions);
    largestSpread = SPREAD * Math.sqrt(positions);
    double terms = SUM_ERROR / (SumError.UNIT_ROUNDOFF * positions * largestSpread);
    part = (int) Math.max(1, Math.min(batch.capacity, Math.floor(Math.sqrt(terms))));
    inputGram = products.blas.allocate(positions * positions);
    gradientGram = products.blas.allocate(positions * positions);
    ofInputs = new float[positions * positions];
    ofGradients = new float[positions * positions];
  }

  @Override
  void norms(GradientNorms norms) {
    for (int i = 0; i < batch.examples(); i++) {
      gram(i);
      double product = 0;
      for (int k = 0; k < ofInputs.length; k++) {
        product += (double) ofInputs[k] * ofGradients[k];
      }
      add(norms, i, product);
    }
  }

  private void gram(int example) {
    int first = example * batch.views;
    products.inputGram(first, batch.views, square(products.blas, inputGram, positions));
    products.gradientGram(first, batch.views, square(products.blas, gradientGram, positions));
    inputGram.get(0, ofInputs, 0, ofInputs.length);
    gradientGram.get(0, ofGradients, 0, ofGradients.length);
  }

  private void add(GradientNorms norms, int example, double product) {
    double inputs = 0;
    double gradients = 0;
    double magnitude = 0;
    double largest = 0;
    for (int t = 0; t < ofInputs.length; t += positions + 1) {
      double input = ofInputs[t] + products.inputs * TINY;
      double gradient = ofGradients[t] + products.outputs * TINY;
      inputs += input;
      gradients += gradient;
      magnitude += Math.sqrt(input * gradient);
      largest = Math.max(largest, Math.max(input, gradient));
    }
    double gamma = SumError.gamma(products.inputs + products.outputs + 8.0);
    magnitude *= 1 + gamma;
    double underflow = TINY * positions * (products.outputs * inputs + products.inputs * gradients);
    boolean fit = largest < LARGEST_SQUARE && inputs + gradients < Double.POSITIVE_INFINITY;
    norms.squared[example] +=
        fit ? Math.max(0, product) + 2 * gamma * magnitude * magnitude + underflow : Double.NaN;
    norms.spread[example] = Math.max(norms.spread[example], magnitude / largestSpread);
  }

  @Override
  void sum(float[] gradients, float[] factors, PartSum sum) {
    products.putScaled(batch.rows(), gradients, rowFactors(factors));
    Recursion.split(
        batch.records(),
        part,
        (from, end) -> {
          products.outer(from * batch.views, (end - from) * batch.views, resultMatrix());
          sum.accept(result);
        });
  }

  /** docs/dp-numerics.md, many positions. */
  @Override
  SumError error() {
    double examples = part + 1.0;
    return new SumError(0, SumError.gamma(examples * positions + 3) * examples * largestSpread);
  }

  @Override
  public void close() {
    inputGram.close();
    gradientGram.close();
    super.close();
  }
}
