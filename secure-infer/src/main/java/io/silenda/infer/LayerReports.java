package io.silenda.infer;

import io.silenda.infer.cost.CostModel;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.ArrayList;
import java.util.List;

/** Counts what each layer of a scheduled program costs. */
final class LayerReports {
  private LayerReports() {}

  static List<LayerReport> of(ScheduledProgram program, CostModel costs) {
    List<LayerReport> layers = new ArrayList<>();
    double[] scales = program.tensorLog2Scales();
    int[] levels = program.levels();
    List<Double> millis = costs.stepMillis(program);
    int[] blocks = program.program().blocks();
    for (int i = 0; i < levels.length; i++) {
      PackedStep step = program.program().steps().get(i);
      boolean isLinear = step instanceof PackedLinear;
      layers.add(
          new LayerReport(
              step.name(),
              kind(step),
              levels[i],
              program.rescales(i) ? step.depth() : 0,
              scales[i + 1],
              blocks[i + 1],
              isLinear ? ((PackedLinear) step).diagonalCount() : 0,
              isLinear ? ((PackedLinear) step).rotationCount() : 0,
              isLinear ? ((PackedLinear) step).foldCount() : 0,
              millis.get(i)));
    }
    return layers;
  }

  private static String kind(PackedStep step) {
    if (step instanceof PackedPolynomial polynomial) {
      return polynomial.isSquare() ? "square" : "degree " + polynomial.polynomial().degree();
    }
    return step instanceof PackedLinear ? "linear" : "product";
  }
}
