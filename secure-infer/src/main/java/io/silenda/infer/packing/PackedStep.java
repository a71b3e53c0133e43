package io.silenda.infer.packing;

/** One step of a packed program. */
public sealed interface PackedStep permits PackedLinear, PackedPolynomial {
  /** Name of the layer that this step computes. */
  String name();

  /** Levels that the step takes where it is not the last one. */
  int depth();
}
