package io.silenda.dp.engine;

/** A layer with parameters: a range of the vector of all of them. */
interface Trained {
  /** Place of the first parameter. */
  int offset();

  /** Number of parameters. */
  int count();

  /** Takes new values from the vector of all parameters, in ONNX layout. */
  void load(float[] parameters);

  /**
   * Upper bounds on the norms of the gradients of the batch's examples, after backward. What was
   * not finite, or cannot be computed safely, is NaN.
   */
  void norms(GradientNorms norms);

  /**
   * Adds the examples' gradients times their factors, in ONNX layout. Examples of factor zero do
   * not take part, whatever their gradients are.
   */
  void sum(float[] factors, GradientSum sum);

  /** Adds all examples' gradients as they are, for training without privacy. */
  void sumUnclipped(GradientSum sum);

  /** How far rounding can move a sum of {@link #sum}. */
  SumError error();
}
