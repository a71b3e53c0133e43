package io.silenda.dp.engine;

import java.util.Arrays;

/** A layer with few parameters, whose gradients are kept for every example. */
abstract class SmallNode extends Node implements Trained {
  final SmallGradients gradients;
  final float[] parameters;
  private final Batch batch;
  private final int offset;

  SmallNode(Tensor in, Tensor out, Batch batch, int offset, int count) {
    super(in, out);
    this.batch = batch;
    this.offset = offset;
    parameters = new float[count];
    gradients = new SmallGradients(batch, count);
  }

  @Override
  public final int offset() {
    return offset;
  }

  @Override
  public final int count() {
    return parameters.length;
  }

  @Override
  public final void load(float[] all) {
    System.arraycopy(all, offset, parameters, 0, parameters.length);
  }

  @Override
  public final void norms(GradientNorms norms) {
    gradients.norms(norms);
  }

  @Override
  public final void sum(float[] factors, GradientSum sum) {
    gradients.sum(factors, offset, sum);
  }

  @Override
  public final void sumUnclipped(GradientSum sum) {
    float[] ones = new float[batch.examples()];
    Arrays.fill(ones, 1);
    gradients.sum(ones, offset, sum);
  }

  @Override
  public final SumError error() {
    return SumError.NEGLIGIBLE;
  }
}
