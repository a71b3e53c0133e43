package io.silenda.dp.engine;

/** One position: the gradient is one outer product, and its norm the product of two norms. */
final class OuterGradients extends LinearGradients {
  private static final double SLACK = 1 + 4 * SumError.gamma(20);

  private final BatchProducts single;
  private final double biasSquare;

  OuterGradients(BatchProducts products, Batch batch, boolean bias) {
    super(products, batch, 1);
    single = products;
    biasSquare = bias ? 1 : 0;
  }

  @Override
  void norms(GradientNorms norms) {
    single.noteGradientNorms();
    for (int i = 0; i < batch.examples(); i++) {
      double input = single.inputNorm(i) + products.inputs * TINY;
      double gradient = single.gradientNorm(i) + products.outputs * TINY;
      boolean fit = input < LARGEST_SQUARE && gradient < LARGEST_SQUARE;
      norms.squared[i] += fit ? (input + biasSquare) * gradient * SLACK : Double.NaN;
    }
  }

  @Override
  boolean coversBias() {
    return true;
  }

  @Override
  void sum(float[] gradients, float[] factors, PartSum sum) {
    int rows = batch.rows();
    products.putScaled(rows, gradients, factors);
    products.outer(0, rows, resultMatrix());
    sum.accept(result);
  }

  /** docs/dp-numerics.md, one position. */
  @Override
  SumError error() {
    double terms = batch.capacity + 1.0;
    return new SumError(SumError.gamma(terms + 3) * terms, 0);
  }
}
