package io.silenda.infer;

import io.silenda.infer.approx.ActivationReport;
import io.silenda.infer.cost.CostModel;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;
import io.silenda.infer.simulate.SimulatedProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what each layer of a scheduled program costs. */
final class LayerReports {
  private LayerReports() {}

  static List<LayerReport> of(
      ScheduledProgram program,
      CostModel costs,
      SimulatedProgram simulation,
      List<ActivationReport> activations) {
    List<LayerReport> layers = new ArrayList<>();
    double[] scales = program.tensorLog2Scales();
    int[] levels = program.levels();
    List<Double> millis = costs.stepMillis(program);
    int[] blocks = program.program().blocks();
    for (int i = 0; i < levels.length; i++) {
      PackedStep step = program.program().steps().get(i);
      Optional<PackedLinear> linear =
          step instanceof PackedLinear packed ? Optional.of(packed) : Optional.empty();
      int diagonals = linear.map(PackedLinear::diagonalCount).orElse(0);
      int rotations = linear.map(PackedLinear::rotationCount).orElse(0);
      int folds = linear.map(PackedLinear::foldCount).orElse(0);
      layers.add(
          new LayerReport(
              step.name(),
              kind(step),
              levels[i],
              program.rescales(i) ? step.depth() : 0,
              scales[i + 1],
              blocks[i + 1],
              diagonals,
              rotations,
              folds,
              linear.isPresent() ? rotations + folds : blocks[i + 1] * products(step),
              simulation.answerError(i),
              rangeUse(step.name(), activations),
              millis.get(i)));
    }
    return layers;
  }

  private static double rangeUse(String name, List<ActivationReport> activations) {
    return activations.stream()
        .filter(activation -> activation.node().equals(name))
        .mapToDouble(ActivationReport::rangeUse)
        .findFirst()
        .orElse(0);
  }

  /** Products of ciphertexts in a baby-step giant-step evaluation: powers, doublings, joins. */
  private static int products(PackedStep step) {
    if (!(step instanceof PackedPolynomial polynomial) || polynomial.isSquare()) {
      return 1;
    }
    int depth = step.depth();
    int babyBits = (depth + 1) / 2;
    int joins = ((polynomial.polynomial().degree() + 1) >> babyBits) - 1;
    return (1 << babyBits) - 1 + depth - babyBits + Math.max(0, joins);
  }

  private static String kind(PackedStep step) {
    if (step instanceof PackedPolynomial polynomial) {
      return polynomial.isSquare() ? "square" : "degree " + polynomial.polynomial().degree();
    }
    return step instanceof PackedLinear ? "linear" : "product";
  }
}
