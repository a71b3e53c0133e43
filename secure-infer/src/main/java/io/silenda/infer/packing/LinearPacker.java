package io.silenda.infer.packing;

import io.silenda.infer.packing.RotationPlan.OperandPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns one linear layer and its rotation plan into diagonals and biases. */
final class LinearPacker {
  private final RotationPlan plan;
  private final TensorLayout out;
  private final int batch;
  private final List<LinearBlock> blocks = new ArrayList<>();

  private LinearPacker(RotationPlan plan, TensorLayout out, int batch) {
    this.plan = plan;
    this.out = out;
    this.batch = batch;
  }

  /** Packs {@code stage}; rotations and slots of the result are spread over {@code batch} rows. */
  static PackedLinear pack(
      Stage.Linear stage, List<Integer> operands, RotationPlan plan, TensorLayout out, int batch) {
    return new LinearPacker(plan, out, batch).pack(stage, operands);
  }

  private PackedLinear pack(Stage.Linear stage, List<Integer> operands) {
    double[] uses = new double[operands.size()];
    int[] folds = Arrays.stream(plan.folds()).map(step -> step * batch).toArray();
    for (int k = 0; k < uses.length; k++) {
      OperandPacker packer = new OperandPacker(plan.operands().get(k), k);
      packer.place(stage.matrices().get(k));
      packer.addBlocks();
      uses[k] = packer.inputUses() * (1 << folds.length);
    }
    boolean pairsFolds = blocks.size() == 1 && out.blocks() == 1;
    return new PackedLinear(stage.name(), operands, blocks, folds, pairsFolds, biases(stage), uses);
  }

  private List<double[]> biases(Stage.Linear stage) {
    double[][] lanes = new double[out.blocks()][out.period()];
    double[] bias = stage.bias();
    for (int element = 0; element < bias.length; element++) {
      lanes[out.block(element)][out.position(element)] = bias[element];
    }
    return Arrays.stream(lanes).map(lane -> Slots.spread(lane, batch)).toList();
  }

  /** The diagonals of one operand. */
  private final class OperandPacker {
    private final OperandPlan operand;
    private final int index;
    private final int inBlocks;
    private final boolean[] isRotation;
    private final int[] rotationOfResidue;

    /** For each pair of ciphertexts and each rotation modulo the output period, its weights. */
    private final double[][][] lanes;

    OperandPacker(OperandPlan operand, int index) {
      this.operand = operand;
      this.index = index;
      this.inBlocks = operand.contents().size();
      this.isRotation = new boolean[out.period()];
      this.rotationOfResidue = new int[out.period()];
      for (int rotation : operand.rotations()) {
        int residue = Math.floorMod(rotation, out.period());
        isRotation[residue] = true;
        rotationOfResidue[residue] = rotation;
      }
      this.lanes = new double[inBlocks * out.blocks()][out.period()][];
    }

    void place(SparseMatrix matrix) {
      matrix.forEach(
          (row, column, value) -> {
            for (int block = 0; block < inBlocks; block++) {
              if (place(row, column, value, block)) {
                return;
              }
            }
            throw new IllegalStateException(
                "no rotation reaches output " + row + " from input " + column);
          });
    }

    /**
     * Puts one weight on a diagonal. A slot and a rotation name one input slot and, modulo the
     * output period, one output: no two weights can meet.
     */
    private boolean place(int row, int column, double value, int block) {
      for (int slot : operand.contents().get(block).slotsOf(column)) {
        int residue = (slot - out.position(row)) & (out.period() - 1);
        if (isRotation[residue]) {
          int rotation = rotationOfResidue[residue];
          double[][] diagonals = lanes[out.block(row) * inBlocks + block];
          if (diagonals[residue] == null) {
            diagonals[residue] = new double[plan.length()];
          }
          diagonals[residue][(slot - rotation) & (plan.length() - 1)] = value;
          return true;
        }
      }
      return false;
    }

    void addBlocks() {
      for (int pair = 0; pair < lanes.length; pair++) {
        List<Diagonal> diagonals = diagonals(pair);
        if (!diagonals.isEmpty()) {
          blocks.add(new LinearBlock(index, pair % inBlocks, pair / inBlocks, diagonals));
        }
      }
    }

    private List<Diagonal> diagonals(int pair) {
      List<Diagonal> diagonals = new ArrayList<>();
      for (int rotation : operand.rotations()) {
        double[] lane = lanes[pair][Math.floorMod(rotation, out.period())];
        if (lane != null) {
          diagonals.add(diagonal(rotation, lane));
        }
      }
      return diagonals;
    }

    private Diagonal diagonal(int rotation, double[] lane) {
      return new Diagonal(
          operand.split().giant(rotation) * batch,
          operand.split().baby(rotation) * batch,
          Slots.spread(lane, batch));
    }

    /** The most over all ciphertexts of the result, averaged over the operand's elements. */
    double inputUses() {
      double most = 0;
      for (int outBlock = 0; outBlock < out.blocks(); outBlock++) {
        double uses = 0;
        for (int block = 0; block < inBlocks; block++) {
          uses +=
              (double) count(lanes[outBlock * inBlocks + block])
                  * operand.contents().get(block).heldSlots();
        }
        most = Math.max(most, uses);
      }
      return most / ((double) plan.length() * operand.contents().get(0).tensorSize());
    }

    private long count(double[][] diagonals) {
      return Arrays.stream(diagonals).filter(lane -> lane != null).count();
    }
  }
}
