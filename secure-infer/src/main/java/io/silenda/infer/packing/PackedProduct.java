package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * The slot by slot product of two tensors of one layout.
 *
 * @param name name of the layer
 * @param left a tensor
 * @param right a tensor
 */
public record PackedProduct(String name, int left, int right) implements PackedStep {
  @Override
  public List<Integer> operands() {
    return List.of(left, right);
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public int resultBlocks(List<Integer> operandBlocks) {
    if (!operandBlocks.get(0).equals(operandBlocks.get(1))) {
      throw new IllegalArgumentException("step " + name + " multiplies tensors of two layouts");
    }
    return operandBlocks.get(0);
  }

  @Override
  public List<double[]> apply(List<List<double[]>> operands) {
    List<double[]> results = new ArrayList<>();
    for (int block = 0; block < operands.get(0).size(); block++) {
      double[] product = operands.get(0).get(block).clone();
      double[] factor = operands.get(1).get(block);
      for (int slot = 0; slot < product.length; slot++) {
        product[slot] *= factor[slot];
      }
      results.add(product);
    }
    return results;
  }
}
