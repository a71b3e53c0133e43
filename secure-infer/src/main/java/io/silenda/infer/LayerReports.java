package io.silenda.infer;

import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.ArrayList;
import java.util.List;

/** Counts what each layer of a scheduled program costs. */
final class LayerReports {
  private LayerReports() {}

  static List<LayerReport> of(ScheduledProgram program) {
    List<LayerReport> layers = new ArrayList<>();
    double scale = program.inputLog2Scale();
    for (int i = 0; i < program.program().steps().size(); i++) {
      PackedStep step = program.program().steps().get(i);
      scale = program.log2ScaleAfter(i, scale);
      layers.add(
          step instanceof PackedLinear linear
              ? linear(linear, program, i, scale)
              : polynomial((PackedPolynomial) step, program, i, scale));
    }
    return layers;
  }

  private static LayerReport linear(
      PackedLinear linear, ScheduledProgram program, int index, double scale) {
    return new LayerReport(
        linear.name(),
        "linear",
        program.level(index),
        program.rescales(index) ? 1 : 0,
        scale,
        linear.diagonals().size(),
        linear.rotationCount(),
        linear.folds().length);
  }

  private static LayerReport polynomial(
      PackedPolynomial step, ScheduledProgram program, int index, double scale) {
    return new LayerReport(
        step.name(),
        step.isSquare() ? "square" : "degree " + step.polynomial().degree(),
        program.level(index),
        step.depth(),
        scale,
        0,
        0,
        0);
  }
}
