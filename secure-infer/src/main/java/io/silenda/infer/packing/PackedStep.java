package io.silenda.infer.packing;

import java.util.List;

/**
 * One step of a packed program: it takes tensors and makes one. A tensor is one or more
 * ciphertexts.
 */
public sealed interface PackedStep permits PackedLinear, PackedPolynomial, PackedProduct {
  /** Name of the layer that this step computes. */
  String name();

  /** The tensors that it takes: 0 is the input, i + 1 the result of step i. */
  List<Integer> operands();

  /** Levels that the step takes where it is not the last one. */
  int depth();

  /** Ciphertexts of the result, from those of each operand. */
  int resultBlocks(List<Integer> operandBlocks);

  /** Applies the step to clear slots, one array a ciphertext: the meaning of this record. */
  List<double[]> apply(List<List<double[]>> operands);
}
