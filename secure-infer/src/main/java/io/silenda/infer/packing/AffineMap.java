package io.silenda.infer.packing;

/**
 * The map {@code x → matrix · x + bias} on flattened tensors.
 *
 * @param matrix one row per output element
 * @param bias one value per output element
 */
public record AffineMap(SparseMatrix matrix, double[] bias) {

  /** Copies {@code bias} and checks that it has one value a row. */
  public AffineMap {
    if (bias.length != matrix.rows()) {
      throw new IllegalArgumentException(
          "bias has " + bias.length + " values, the matrix has " + matrix.rows() + " rows");
    }
    bias = bias.clone();
  }

  @Override
  public double[] bias() {
    return bias.clone();
  }

  /** Number of inputs. */
  public int inputSize() {
    return matrix.columns();
  }

  /** Number of outputs. */
  public int outputSize() {
    return bias.length;
  }

  /** The image of one flattened input. */
  public double[] apply(double[] input) {
    double[] output = matrix.times(input);
    for (int i = 0; i < output.length; i++) {
      output[i] += bias[i];
    }
    return output;
  }

  /** The single map that applies {@code first} and then this one. */
  public AffineMap after(AffineMap first) {
    return new AffineMap(matrix.times(first.matrix), apply(first.bias));
  }

  /** The map {@code x → scale · (matrix · x + bias) + shift}. */
  public AffineMap scaled(double scale, double shift) {
    double[] moved = new double[bias.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = scale * bias[i] + shift;
    }
    return new AffineMap(matrix.scaled(scale), moved);
  }

  /** The map {@code x → x} on tensors of {@code size} elements. */
  public static AffineMap identity(int size) {
    SparseMatrix.Builder matrix = new SparseMatrix.Builder(size, size);
    for (int i = 0; i < size; i++) {
      matrix.add(i, i, 1);
    }
    return new AffineMap(matrix.build(), new double[size]);
  }
}
