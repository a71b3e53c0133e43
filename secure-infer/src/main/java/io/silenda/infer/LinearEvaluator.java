package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Encoder;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.Evaluator;
import io.silenda.he.LinearTransform;
import io.silenda.he.Plaintext;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.PackedLinear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One linear layer with its weights encoded. Where one ciphertext becomes one, it is a single
 * native call; else the blocks' products are summed before they are rescaled, folded and shifted.
 * Thread-safe.
 */
final class LinearEvaluator implements AutoCloseable {
  private final PackedLinear step;
  private final CkksContext context;
  private final int level;
  private final boolean rescales;
  private final double productScale;
  private final List<LinearTransform> transforms = new ArrayList<>();
  private final List<Plaintext> biases = new ArrayList<>();

  /**
   * Encodes weights.
   *
   * @param level level that operands have
   * @param rescales whether the step ends with a rescale
   * @param operandScales exact scales of the operands
   * @param productScale exact scale of all products
   */
  LinearEvaluator(
      PackedLinear step,
      CkksContext context,
      int level,
      boolean rescales,
      double[] operandScales,
      double productScale) {
    this.step = step;
    this.context = context;
    this.level = level;
    this.rescales = rescales;
    this.productScale = productScale;
    try {
      Set<Integer> begun = new HashSet<>();
      for (LinearBlock block : step.blocks()) {
        boolean isFirst = begun.add(block.outBlock());
        transforms.add(encode(block, operandScales[block.operand()], isFirst));
      }
      if (rescales && !step.isSingleBlock()) {
        encodeBiases();
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private LinearTransform encode(LinearBlock block, double operandScale, boolean isFirst) {
    int slotCount = context.parameters().slotCount();
    LinearTransform.Builder builder =
        LinearTransform.builder(context, level, operandScale, productScale / operandScale);
    for (Diagonal diagonal : block.diagonals()) {
      builder.diagonal(diagonal.giant(), diagonal.baby(), diagonal.slots(slotCount));
    }
    if (step.isSingleBlock()) {
      step.foldGroups().forEach(builder::fold);
      builder.rescale(rescales).bias(step.biasSlots(0, slotCount));
    } else if (!rescales && isFirst) {
      // Blocks of one result are summed: the first brings the bias where nothing is rescaled.
      builder.bias(unfoldedBias(block.outBlock(), slotCount));
    }
    return builder.build();
  }

  /** After a rescale there is room for a bias in every slot. */
  private void encodeBiases() {
    Encoder encoder = new Encoder(context);
    for (int block = 0; block < step.biases().size(); block++) {
      double[] bias = step.biasSlots(block, context.parameters().slotCount());
      biases.add(encoder.encode(bias, level - 1, resultScale()));
    }
  }

  /** What the folds, each of which adds two equal copies, turn into the bias. */
  private double[] unfoldedBias(int outBlock, int slotCount) {
    double[] bias = step.biasSlots(outBlock, slotCount);
    Arrays.setAll(bias, slot -> bias[slot] / (1 << step.folds().length));
    return bias;
  }

  /** Exact scale of the result. */
  double resultScale() {
    return rescales ? productScale / context.dataPrimes()[level] : productScale;
  }

  /** Applies the layer to operands at its level; the caller closes the results. */
  List<Ciphertext> apply(
      Evaluator evaluator, List<List<Ciphertext>> operands, EvaluationKeys keys) {
    if (step.isSingleBlock()) {
      LinearBlock block = step.blocks().get(0);
      Ciphertext operand = operands.get(block.operand()).get(block.inBlock());
      return List.of(evaluator.apply(transforms.get(0), operand, keys));
    }
    List<Ciphertext> products = products(evaluator, operands, keys);
    try {
      return ParallelBlocks.compute(
          step.biases().size(), block -> result(evaluator, block, products, keys));
    } finally {
      products.forEach(Ciphertext::close);
    }
  }

  /** One product a block; those of one ciphertext share its decomposition. */
  private List<Ciphertext> products(
      Evaluator evaluator, List<List<Ciphertext>> operands, EvaluationKeys keys) {
    List<List<Integer>> groups = List.copyOf(blocksByInput().values());
    List<List<Ciphertext>> ofGroups =
        ParallelBlocks.computeAll(
            groups.size(),
            group -> {
              LinearBlock first = step.blocks().get(groups.get(group).get(0));
              return evaluator.applyAll(
                  groups.get(group).stream().map(transforms::get).toList(),
                  operands.get(first.operand()).get(first.inBlock()),
                  keys);
            });
    Ciphertext[] products = new Ciphertext[transforms.size()];
    for (int group = 0; group < groups.size(); group++) {
      for (int i = 0; i < groups.get(group).size(); i++) {
        products[groups.get(group).get(i)] = ofGroups.get(group).get(i);
      }
    }
    return List.of(products);
  }

  /** Blocks by operand and ciphertext of it. */
  private Map<List<Integer>, List<Integer>> blocksByInput() {
    Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < step.blocks().size(); i++) {
      LinearBlock block = step.blocks().get(i);
      groups
          .computeIfAbsent(List.of(block.operand(), block.inBlock()), unused -> new ArrayList<>())
          .add(i);
    }
    return groups;
  }

  private Ciphertext result(
      Evaluator evaluator, int outBlock, List<Ciphertext> products, EvaluationKeys keys) {
    try (CiphertextChain state = new CiphertextChain()) {
      for (int i = 0; i < products.size(); i++) {
        if (step.blocks().get(i).outBlock() == outBlock) {
          Ciphertext product = products.get(i);
          state.next(sum -> evaluator.add(sum, product), product);
        }
      }
      if (rescales) {
        state.next(evaluator::rescale);
      }
      for (int fold : step.folds()) {
        state.next(sum -> folded(evaluator, sum, fold, keys));
      }
      if (rescales) {
        state.next(sum -> evaluator.addPlain(sum, biases.get(outBlock)));
      }
      return state.take();
    }
  }

  private Ciphertext folded(Evaluator evaluator, Ciphertext sum, int step, EvaluationKeys keys) {
    try (Ciphertext rotated = evaluator.rotate(sum, step, keys)) {
      return evaluator.add(sum, rotated);
    }
  }

  long weightBytes() {
    return transforms.stream().mapToLong(LinearTransform::nativeBytes).sum();
  }

  @Override
  public void close() {
    transforms.forEach(LinearTransform::close);
    biases.forEach(Plaintext::close);
  }
}
