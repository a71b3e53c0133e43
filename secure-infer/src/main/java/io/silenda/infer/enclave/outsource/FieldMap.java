package io.silenda.infer.enclave.outsource;

/** A linear map with small integer weights over a field; residues in, residues out. Immutable. */
public sealed interface FieldMap permits DenseMap, ConvolutionMap {
  /** Values that it takes. */
  int inputSize();

  /** Values that it gives. */
  int outputSize();

  /** The largest sum of absolute weights that make one output: how much it can stretch an input. */
  long largestRowSum();

  /** The image of {@code inputSize()} residues from {@code from} on. */
  int[] apply(PrimeField field, int[] values, int from);

  /** The image of {@code outputSize()} residues under the transposed map. */
  int[] applyTransposed(PrimeField field, int[] values);
}
