package io.silenda.infer.enclave;

import io.silenda.he.oblivious.ObliviousKernels;
import io.silenda.infer.tensor.Tensor;
import java.util.Locale;

/**
 * A function of a row of outputs, computed with the same instructions and addresses for all values
 * of the same size ({@link ObliviousKernels}). It covers this last step alone: ONNX Runtime's
 * kernels before it are not oblivious.
 *
 * @param kind which function
 * @param count for {@link Kind#TOP_K}, how many; else 1
 */
public record ObliviousTail(Kind kind, int count) {
  /** A function of one row. */
  public enum Kind {
    /** The number of the largest output. */
    ARGMAX,
    /** max(x, 0) of each output. */
    RELU,
    /** The largest outputs in descending order, then their numbers. */
    TOP_K
  }

  private static final String TOP = "top-";
  private static final int MOST = 1 << 20;

  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public ObliviousTail {
    int most = kind == Kind.TOP_K ? MOST : 1;
    if (count < 1 || count > most) {
      throw new IllegalArgumentException("count " + count + " outside 1.." + most);
    }
  }

  /**
   * Reads {@code argmax}, {@code relu} or {@code top-K}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static ObliviousTail parse(String text) {
    if (text.startsWith(TOP)) {
      try {
        return new ObliviousTail(Kind.TOP_K, Integer.parseInt(text.substring(TOP.length())));
      } catch (NumberFormatException e) {
        throw unknown(text);
      }
    }
    for (Kind each : new Kind[] {Kind.ARGMAX, Kind.RELU}) {
      if (text.equals(each.name().toLowerCase(Locale.ROOT))) {
        return new ObliviousTail(each, 1);
      }
    }
    throw unknown(text);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "tail '" + text + "' is none of argmax, relu and top-K, such as top-5");
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return kind == Kind.TOP_K ? TOP + count : kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Applies it to each row: one column for {@code argmax}, as many as there are for {@code relu},
   * values and then numbers for {@code top-K}.
   *
   * @throws EnclaveException if a row has fewer values than are asked for
   */
  public Tensor apply(Tensor outputs) throws EnclaveException {
    int columns = outputs.rowSize();
    if (count > columns) {
      throw new EnclaveException(
          EnclaveException.Reason.UNSUPPORTED_MODEL,
          "the model has " + columns + " outputs a row, fewer than " + this + " needs");
    }
    float[][] rows = new float[outputs.rows()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = ofRow(outputs.row(row));
    }
    float[] all = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, all, row * rows[row].length, rows[row].length);
    }
    return Tensor.of(new int[] {rows.length, rows[0].length}, all);
  }

  private float[] ofRow(float[] row) {
    return switch (kind) {
      case ARGMAX -> new float[] {ObliviousKernels.argMax(row)};
      case RELU -> ObliviousKernels.relu(row);
      case TOP_K -> valuesAndNumbers(row);
    };
  }

  private float[] valuesAndNumbers(float[] row) {
    var top = ObliviousKernels.topK(row, count);
    float[] both = new float[2 * count];
    System.arraycopy(top.values(), 0, both, 0, count);
    int[] indices = top.indices();
    for (int i = 0; i < count; i++) {
      both[count + i] = indices[i];
    }
    return both;
  }

  /** Loads the native library, as long as that is still allowed. */
  public static void load() {
    ObliviousKernels.relu(new float[1]);
  }
}
