package io.silenda.infer.enclave.outsource;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * One layer inside the enclave, whose products an {@link Accelerator} computes. A row x leaves as
 * {@code x + r mod p}, with a uniform pad r that is used once; {@code A·r} was computed before,
 * inside, and is taken off the answer. Products are exact: rows are quantised so finely as fits
 * without overflow, so that no honest answer is ever refused. Not thread-safe.
 */
public final class OutsourcedLayer {
  /** Rows of smaller values count as zero: their scale would have no inverse. */
  private static final double SMALLEST_RANGE = 1e-200;

  private final int number;
  private final QuantizedLayer layer;
  private final PrimeField field;
  private final Accelerator accelerator;
  private final RandomResidues random = new RandomResidues();
  private final LayerCheck check;
  private final Deque<Pad> pads = new ArrayDeque<>();
  private final double largestInput;
  private boolean excluded;

  @SuppressWarnings("ArrayRecordComponent") // Never leaves this class.
  private record Pad(int[] mask, int[] image) {}

  /**
   * A layer.
   *
   * @param number how the accelerator knows it
   * @param checks number of independent checks k of every answer, at least 1
   */
  public OutsourcedLayer(
      int number, QuantizedLayer layer, PrimeField field, int checks, Accelerator accelerator) {
    if (checks < 1) {
      throw new IllegalArgumentException("checks is " + checks + ", must be at least 1");
    }
    this.number = number;
    this.layer = layer;
    this.field = field;
    this.accelerator = accelerator;
    this.check = new LayerCheck(layer.map(), field, checks, random);
    this.largestInput = Math.floor((field.modulus() / 2 - 1.0) / layer.map().largestRowSum());
    if (largestInput < 1) {
      throw new IllegalArgumentException("field is too small for the layer's weights");
    }
  }

  /** Computes pads for so many rows, ahead of their time: as much work as the layer itself. */
  public void preparePads(int rows) {
    preparePads(rows, (ignored, masks, count) -> images(masks, count));
  }

  /**
   * As {@link #preparePads(int)}, on a multiplier <em>inside the enclave</em>: whoever computes the
   * images of the pads can take them off again.
   */
  public void preparePads(int rows, Accelerator trusted) {
    int missing = rows - pads.size();
    if (missing <= 0) {
      return;
    }
    int inputSize = layer.map().inputSize();
    int outputSize = layer.map().outputSize();
    int[] masks = new int[Math.multiplyExact(missing, inputSize)];
    random.fill(field, masks);
    try {
      int[] images = trusted.multiply(number, masks, missing);
      for (int row = 0; row < missing; row++) {
        pads.add(new Pad(row(masks, row, inputSize), row(images, row, outputSize)));
      }
      Arrays.fill(images, 0);
    } catch (IOException e) {
      throw new IllegalStateException("the enclave's own multiplier failed", e);
    } finally {
      Arrays.fill(masks, 0);
    }
  }

  private int[] images(int[] masks, int rows) {
    int[] images = new int[Math.multiplyExact(rows, layer.map().outputSize())];
    for (int row = 0; row < rows; row++) {
      int[] image = layer.map().apply(field, masks, row * layer.map().inputSize());
      System.arraycopy(image, 0, images, row * image.length, image.length);
    }
    return images;
  }

  private static int[] row(int[] values, int row, int size) {
    return Arrays.copyOfRange(values, row * size, (row + 1) * size);
  }

  /**
   * The layer's outputs, bias included, one row after the other.
   *
   * @param inputs finite values, one row after the other
   * @throws PrivateInferenceException with {@link Reason#ACCELERATOR_CHEATED} if an answer was
   *     wrong: nothing of it is used, and every later call is refused; with {@link
   *     Reason#ACCELERATOR_FAILED} if there was none
   * @throws IllegalArgumentException if a value is not finite
   */
  public double[] apply(double[] inputs, int rows) throws PrivateInferenceException {
    if (excluded) {
      throw cheated("gave a wrong answer before");
    }
    if (inputs.length != Math.multiplyExact(rows, layer.map().inputSize()) || rows < 1) {
      throw new IllegalArgumentException(
          "inputs has length " + inputs.length + ", must be rows * " + layer.map().inputSize());
    }
    preparePads(rows);
    double[] scales = new double[rows];
    int[][] images = new int[rows][];
    int[] blinded = blind(inputs, scales, images);
    int[] outputs = ask(blinded, rows);
    return unblind(outputs, scales, images);
  }

  /** Never asks the accelerator again: it lied elsewhere. */
  void exclude() {
    excluded = true;
  }

  private int[] blind(double[] inputs, double[] scales, int[][] images) {
    int size = layer.map().inputSize();
    int[] blinded = new int[inputs.length];
    for (int row = 0; row < scales.length; row++) {
      Pad pad = pads.remove();
      scales[row] = largestInput / largest(inputs, row * size, size);
      images[row] = pad.image;
      for (int i = 0; i < size; i++) {
        int value = (int) Math.rint(inputs[row * size + i] * scales[row]);
        int residue = value + (field.modulus() & (value >> 31));
        blinded[row * size + i] = field.add(residue, pad.mask[i]);
      }
      Arrays.fill(pad.mask, 0);
    }
    return blinded;
  }

  private static double largest(double[] values, int from, int size) {
    double largest = 0;
    for (int i = from; i < from + size; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    if (!Double.isFinite(largest)) {
      throw new IllegalArgumentException("inputs has a value that is not finite");
    }
    return Math.max(largest, SMALLEST_RANGE);
  }

  private int[] ask(int[] blinded, int rows) throws PrivateInferenceException {
    int[] outputs;
    try {
      // A copy: an accelerator in this process must not change what it is checked against, later.
      outputs = accelerator.multiply(number, blinded.clone(), rows).clone();
    } catch (IOException e) {
      throw new PrivateInferenceException(
          Reason.ACCELERATOR_FAILED, "the accelerator gave no answer for layer " + number);
    }
    if (outputs.length != rows * layer.map().outputSize()
        || !Arrays.stream(outputs).allMatch(field::contains)
        || !check.passes(blinded, outputs, rows)) {
      excluded = true;
      throw cheated("gave a wrong answer");
    }
    return outputs;
  }

  private PrivateInferenceException cheated(String what) {
    return new PrivateInferenceException(
        Reason.ACCELERATOR_CHEATED, "the accelerator " + what + " for layer " + number);
  }

  private double[] unblind(int[] outputs, double[] scales, int[][] images) {
    int size = layer.map().outputSize();
    double[] values = new double[outputs.length];
    for (int row = 0; row < scales.length; row++) {
      double unit = 1 / (scales[row] * layer.weightScale());
      for (int i = 0; i < size; i++) {
        int product = field.centered(field.subtract(outputs[row * size + i], images[row][i]));
        values[row * size + i] = product * unit + layer.bias(i);
      }
      Arrays.fill(images[row], 0);
    }
    return values;
  }
}
