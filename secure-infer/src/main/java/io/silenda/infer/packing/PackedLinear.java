package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A linear layer of one or more tensors in packed form: a matrix of blocks, each a sum over
 * diagonals; then folds; then a bias.
 *
 * @param name name of the layer
 * @param operands the tensors that it takes
 * @param blocks the blocks that are not zero
 * @param folds rotate-and-add steps after the sum, in slots
 * @param pairsFolds whether two folds in a row are one, by either step and by both, which takes one
 *     decomposition for two and a key more; of a single block only
 * @param biases for each ciphertext of the result, one value for each slot of one repetition
 * @param inputUses for each operand, how often, on average, one element of it meets a weight (a
 *     zero one included) on its way into one output: the rounding errors of encoded weights add up
 *     over these
 */
public record PackedLinear(
    String name,
    List<Integer> operands,
    List<LinearBlock> blocks,
    int[] folds,
    boolean pairsFolds,
    List<double[]> biases,
    double[] inputUses)
    implements PackedStep {

  /** Copies, and checks that every ciphertext of the result has a block. */
  public PackedLinear {
    operands = List.copyOf(operands);
    blocks = List.copyOf(blocks);
    folds = folds.clone();
    biases = biases.stream().map(double[]::clone).toList();
    inputUses = inputUses.clone();
    if (operands.isEmpty() || biases.isEmpty()) {
      throw new IllegalArgumentException("step " + name + " has no operand or no result");
    }
    if (inputUses.length != operands.size()) {
      throw new IllegalArgumentException("step " + name + ": operands and inputUses differ");
    }
    if (pairsFolds && (blocks.size() != 1 || biases.size() != 1)) {
      throw new IllegalArgumentException("step " + name + " pairs folds of several blocks");
    }
    boolean[] isComputed = new boolean[biases.size()];
    for (LinearBlock block : blocks) {
      if (block.operand() >= operands.size() || block.outBlock() >= isComputed.length) {
        throw new IllegalArgumentException("step " + name + " has a block outside its tensors");
      }
      isComputed[block.outBlock()] = true;
    }
    for (boolean computed : isComputed) {
      if (!computed) {
        throw new IllegalArgumentException("step " + name + " has a result without a block");
      }
    }
  }

  @Override
  public int[] folds() {
    return folds.clone();
  }

  @Override
  public List<double[]> biases() {
    return biases.stream().map(double[]::clone).toList();
  }

  @Override
  public double[] inputUses() {
    return inputUses.clone();
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public int resultBlocks(List<Integer> operandBlocks) {
    for (LinearBlock block : blocks) {
      if (block.inBlock() >= operandBlocks.get(block.operand())) {
        throw new IllegalArgumentException(
            "step " + name + " takes a ciphertext that is not there");
      }
    }
    return biases.size();
  }

  /** Whether one ciphertext becomes one: all of it is a single native call. */
  public boolean isSingleBlock() {
    return blocks.size() == 1 && biases.size() == 1;
  }

  /**
   * The folds as they are computed, each adding its rotations: one by one, or two in a row as one
   * that adds the rotations by either and by both.
   */
  public List<int[]> foldGroups() {
    List<int[]> groups = new ArrayList<>();
    int together = pairsFolds ? 2 : 1;
    for (int i = 0; i < folds.length; i += together) {
      boolean isPair = together == 2 && i + 1 < folds.length;
      groups.add(
          isPair
              ? new int[] {folds[i], folds[i + 1], folds[i] + folds[i + 1]}
              : new int[] {folds[i]});
    }
    return groups;
  }

  /** Bias values of one ciphertext for all its slots. */
  public double[] biasSlots(int block, int slotCount) {
    return Slots.repeat(biases.get(block), slotCount);
  }

  /** Products with encoded weights. */
  public int diagonalCount() {
    return blocks.stream().mapToInt(block -> block.diagonals().size()).sum();
  }

  /** How many rotations the sums take, folds not counted. */
  public int rotationCount() {
    return blocks.stream().mapToInt(LinearBlock::rotationCount).sum();
  }

  /** Rotations of all folds. */
  public int foldCount() {
    return folds.length * biases.size();
  }

  @Override
  public List<double[]> apply(List<List<double[]>> inputs) {
    int slotCount = inputs.get(0).get(0).length;
    List<double[]> sums = new ArrayList<>();
    biases.forEach(unused -> sums.add(new double[slotCount]));
    for (LinearBlock block : blocks) {
      block.addTo(sums.get(block.outBlock()), inputs.get(block.operand()).get(block.inBlock()));
    }
    List<double[]> results = new ArrayList<>();
    for (int block = 0; block < sums.size(); block++) {
      double[] result = Slots.fold(sums.get(block), folds);
      double[] bias = biasSlots(block, slotCount);
      Arrays.setAll(result, slot -> result[slot] + bias[slot]);
      results.add(result);
    }
    return results;
  }
}
