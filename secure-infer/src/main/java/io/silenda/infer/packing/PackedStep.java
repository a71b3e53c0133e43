package io.silenda.infer.packing;

/** One step of a packed program. */
public sealed interface PackedStep permits PackedLinear, PackedPolynomial {
  /** Name of the layer that this step computes. */
  String name();
}
