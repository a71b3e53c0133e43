package io.silenda.infer.packing;

import io.silenda.he.Polynomial;
import java.util.List;

/**
 * A network in packed form, for ciphertexts of a given number of slots.
 *
 * <p>Rows of a batch are interleaved: position p of row b stands in slot p·batch + b, so that a
 * rotation by k·batch slots is a cyclic rotation by k positions of every row at once.
 *
 * @param slotCount slots of one ciphertext
 * @param batch rows that one ciphertext holds, a power of two
 * @param input where the client puts its row
 * @param steps the layers in order
 * @param output where the client finds its answer
 */
public record PackedProgram(
    int slotCount, int batch, InputPacking input, List<PackedStep> steps, OutputPacking output) {

  /** Copies the list of steps. */
  public PackedProgram {
    steps = List.copyOf(steps);
  }

  /** Runs the program on a clear array of slots: the meaning of this record. */
  public double[] run(double[] slots) {
    double[] state = slots;
    for (PackedStep step : steps) {
      state =
          step instanceof PackedLinear linear
              ? linear.apply(state)
              : polynomial(state, ((PackedPolynomial) step).polynomial());
    }
    return state;
  }

  private static double[] polynomial(double[] slots, Polynomial polynomial) {
    double[] result = new double[slots.length];
    for (int slot = 0; slot < slots.length; slot++) {
      result[slot] = polynomial.valueAt(slots[slot]);
    }
    return result;
  }
}
