package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns one affine map and its rotation plan into diagonals and a bias. */
final class LinearPacker {
  private final RotationPlan plan;
  private final TensorLayout out;
  private final int batch;
  private final int length;
  private final TreeMap<Integer, double[]> lanes = new TreeMap<>();

  private LinearPacker(RotationPlan plan, TensorLayout out, int batch) {
    this.plan = plan;
    this.out = out;
    this.batch = batch;
    this.length = plan.content().length();
  }

  /** Packs {@code map}; rotations and slots of the result are spread over {@code batch} rows. */
  static PackedLinear pack(
      String name, AffineMap map, RotationPlan plan, TensorLayout out, int batch) {
    return new LinearPacker(plan, out, batch).pack(name, map);
  }

  private PackedLinear pack(String name, AffineMap map) {
    Map<Integer, Integer> rotationOfResidue = rotationOfResidue();
    map.matrix().forEach((row, column, value) -> place(row, column, value, rotationOfResidue));
    List<Diagonal> diagonals = new ArrayList<>();
    lanes.forEach(
        (rotation, lane) ->
            diagonals.add(
                new Diagonal(
                    plan.split().giant(rotation) * batch,
                    plan.split().baby(rotation) * batch,
                    Slots.spread(lane, batch))));
    int[] folds = Arrays.stream(plan.folds()).map(step -> step * batch).toArray();
    return new PackedLinear(
        name,
        diagonals,
        folds,
        bias(map),
        plan.content().density() * lanes.size() * (1 << folds.length));
  }

  private Map<Integer, Integer> rotationOfResidue() {
    Map<Integer, Integer> rotations = new TreeMap<>();
    for (int rotation : plan.rotations()) {
      rotations.put(Math.floorMod(rotation, out.period()), rotation);
    }
    return rotations;
  }

  /**
   * Puts one weight on a diagonal. A slot and a rotation name one input slot and, modulo the output
   * period, one output: no two weights can meet.
   */
  private void place(int row, int column, double value, Map<Integer, Integer> rotationOfResidue) {
    for (int slot : plan.content().slotsOf(column)) {
      Integer rotation =
          rotationOfResidue.get(Math.floorMod(slot - out.position(row), out.period()));
      if (rotation != null) {
        lanes
                .computeIfAbsent(rotation, r -> new double[length])[
                Math.floorMod(slot - rotation, length)] =
            value;
        return;
      }
    }
    throw new IllegalStateException("no rotation reaches output " + row + " from input " + column);
  }

  private double[] bias(AffineMap map) {
    double[] lane = new double[out.period()];
    double[] bias = map.bias();
    for (int element = 0; element < bias.length; element++) {
      lane[out.position(element)] = bias[element];
    }
    return Slots.spread(lane, batch);
  }
}
