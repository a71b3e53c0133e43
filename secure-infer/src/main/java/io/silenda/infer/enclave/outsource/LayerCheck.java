package io.silenda.infer.enclave.outsource;

/**
 * Freivalds' check (1977) of answers y = A·x: for a secret uniform s, s·y must be (Aᵀs)·x, where
 * Aᵀs is computed once, inside. A wrong y passes one check with probability exactly 1/p, all of k
 * independent ones with p^−k, however it was chosen, as long as no wrong one was seen before: right
 * answers tell nothing of s. So s serves until the first refusal, and no longer.
 */
final class LayerCheck {
  private final PrimeField field;
  private final int[][] secrets;
  private final int[][] images;

  LayerCheck(FieldMap map, PrimeField field, int checks, RandomResidues random) {
    this.field = field;
    this.secrets = new int[checks][map.outputSize()];
    this.images = new int[checks][];
    for (int i = 0; i < checks; i++) {
      random.fill(field, secrets[i]);
      images[i] = map.applyTransposed(field, secrets[i]);
    }
  }

  /** Whether the rows of {@code outputs} pass for those of {@code inputs}. */
  boolean passes(int[] inputs, int[] outputs, int rows) {
    for (int i = 0; i < secrets.length; i++) {
      int inputSize = images[i].length;
      int outputSize = secrets[i].length;
      for (int row = 0; row < rows; row++) {
        int expected = field.dot(images[i], inputs, row * inputSize);
        if (field.dot(secrets[i], outputs, row * outputSize) != expected) {
          return false;
        }
      }
    }
    return true;
  }
}
