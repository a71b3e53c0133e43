package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * A network in packed form, for ciphertexts of a given number of slots: steps in static single
 * assignment on tensors of one or more ciphertexts. Input and answer are one ciphertext each.
 *
 * <p>Rows of a batch are interleaved: position p of row b stands in slot p·batch + b, so that a
 * rotation by k·batch slots is a cyclic rotation by k positions of every row at once.
 *
 * @param slotCount slots of one ciphertext
 * @param batch rows that one ciphertext holds, a power of two
 * @param input where the client puts its row
 * @param steps the layers; step i makes tensor i + 1, tensor 0 is the input, the last is the answer
 * @param output where the client finds its answer
 */
public record PackedProgram(
    int slotCount, int batch, InputPacking input, List<PackedStep> steps, OutputPacking output) {

  /**
   * Copies the list of steps.
   *
   * @throws IllegalArgumentException if a step takes what was not made before it, or the answer is
   *     not one ciphertext
   */
  public PackedProgram {
    steps = List.copyOf(steps);
    int[] blocks = blocks(steps);
    if (blocks[blocks.length - 1] != 1) {
      throw new IllegalArgumentException(
          "the answer takes " + blocks[blocks.length - 1] + " ciphertexts");
    }
  }

  /** Ciphertexts of each tensor. */
  public int[] blocks() {
    return blocks(steps);
  }

  private static int[] blocks(List<PackedStep> steps) {
    int[] blocks = new int[steps.size() + 1];
    blocks[0] = 1;
    for (int i = 0; i < steps.size(); i++) {
      List<Integer> operandBlocks = new ArrayList<>();
      for (int operand : steps.get(i).operands()) {
        if (operand < 0 || operand > i) {
          throw new IllegalArgumentException(
              "step " + steps.get(i).name() + " takes tensor " + operand + " before it is made");
        }
        operandBlocks.add(blocks[operand]);
      }
      blocks[i + 1] = steps.get(i).resultBlocks(operandBlocks);
    }
    return blocks;
  }

  /** For each tensor, the last step that takes it; the answer's is the number of steps. */
  public int[] lastUses() {
    int[] last = new int[steps.size() + 1];
    for (int i = 0; i < steps.size(); i++) {
      for (int operand : steps.get(i).operands()) {
        last[operand] = i;
      }
    }
    last[steps.size()] = steps.size();
    return last;
  }

  /** The levels of the steps. */
  public LevelPlan levels() {
    return LevelPlan.of(
        steps.stream().map(PackedStep::operands).toList(),
        steps.stream().map(PackedStep::depth).toList());
  }

  /** Runs the program on a clear array of slots: the meaning of this record. */
  public double[] run(double[] slots) {
    List<List<double[]>> tensors = new ArrayList<>();
    tensors.add(List.of(slots));
    for (PackedStep step : steps) {
      tensors.add(step.apply(step.operands().stream().map(tensors::get).toList()));
    }
    return tensors.get(steps.size()).get(0);
  }
}
