package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses a layout for every tensor of a chain and packs its layers.
 *
 * <p>Every combination of candidate layouts (compact; multiplexed on the pixel grid of the input)
 * is priced by the rotations and diagonals that it takes; the cheapest is packed. The answer's
 * layout is fixed: each output once, every other slot zero, so that no partial sum leaves the
 * server.
 */
public final class PackPass {
  private static final int MAX_COMBINATIONS = 256;

  private final List<Stage> stages;
  private final int inputSize;
  private final Optional<ImageShape> grid;
  private final int slotCount;
  private final int batch;
  private final int laneSlots;

  private PackPass(
      List<Stage> stages, int inputSize, Optional<ImageShape> grid, int slots, int batch) {
    this.stages = List.copyOf(stages);
    this.inputSize = inputSize;
    this.grid = grid;
    this.slotCount = slots;
    this.batch = batch;
    this.laneSlots = slots / batch;
  }

  /**
   * Packs a chain that starts and ends with a linear stage.
   *
   * @param inputImage shape of the input where it is an image
   * @param slotCount slots of one ciphertext, a power of two
   * @param batch rows to interleave, a power of two
   * @return empty where some tensor does not fit into a lane
   */
  public static Optional<PackedProgram> run(
      List<Stage> stages,
      int inputSize,
      Optional<ImageShape> inputImage,
      int slotCount,
      int batch) {
    return new PackPass(stages, inputSize, inputImage, slotCount, batch).pack();
  }

  private Optional<PackedProgram> pack() {
    if (batch > slotCount || TensorLayout.powerOfTwoAtLeast(inputSize) > laneSlots) {
      return Optional.empty();
    }
    List<List<TensorLayout>> combinations = combinations();
    double bestCost = Double.POSITIVE_INFINITY;
    PackedChain best = null;
    for (List<TensorLayout> layouts : combinations) {
      PackedChain chain = plan(layouts);
      if (chain.cost() < bestCost) {
        best = chain;
        bestCost = chain.cost();
      }
    }
    return best == null ? Optional.empty() : Optional.of(build(best));
  }

  /**
   * Output layouts of the linear stages, one list for each combination; empty if one cannot fit.
   */
  private List<List<TensorLayout>> combinations() {
    List<List<TensorLayout>> combinations = List.of(List.of());
    for (Stage.Linear linear : linearStages()) {
      List<List<TensorLayout>> longer = new ArrayList<>();
      Set<TensorLayout> candidates = candidates(linear);
      for (List<TensorLayout> prefix : combinations) {
        for (TensorLayout candidate : candidates) {
          if (longer.size() < MAX_COMBINATIONS) {
            List<TensorLayout> extended = new ArrayList<>(prefix);
            extended.add(candidate);
            longer.add(extended);
          }
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  private Set<TensorLayout> candidates(Stage.Linear linear) {
    Set<TensorLayout> candidates = new LinkedHashSet<>();
    int size = linear.map().outputSize();
    if (TensorLayout.powerOfTwoAtLeast(size) > laneSlots) {
      return candidates;
    }
    TensorLayout compact = TensorLayout.compact(size);
    if (linear == stages.get(stages.size() - 1)) {
      candidates.add(compact.withPeriod(laneSlots));
      return candidates;
    }
    candidates.add(compact);
    if (grid.isPresent() && linear.outputImage().isPresent()) {
      MultiplexedLayout.of(linear.outputImage().get(), grid.get(), laneSlots)
          .ifPresent(candidates::add);
    }
    return candidates;
  }

  private List<Stage.Linear> linearStages() {
    return stages.stream()
        .filter(Stage.Linear.class::isInstance)
        .map(Stage.Linear.class::cast)
        .toList();
  }

  private record PackedChain(List<TensorLayout> layouts, List<RotationPlan> plans, double cost) {}

  private PackedChain plan(List<TensorLayout> outputs) {
    List<RotationPlan> plans = new ArrayList<>();
    Set<Integer> plannedSteps = new HashSet<>();
    TensorLayout in = TensorLayout.compact(inputSize);
    double cost = 0;
    int dataPrimes = stages.stream().mapToInt(Stage::depth).sum();
    for (Stage stage : stages) {
      if (stage instanceof Stage.Linear linear) {
        StepCosts costs = new StepCosts(dataPrimes, batch, plannedSteps);
        TensorLayout out = outputs.get(plans.size());
        RotationPlan plan =
            new RotationPlanner(laneSlots, costs)
                .plan(linear.map().matrix(), in, out, plans.isEmpty());
        cost += plan.cost(costs);
        plan.split().babies().forEach(step -> plannedSteps.add(step * batch));
        plan.split().giants().forEach(step -> plannedSteps.add(step * batch));
        for (int fold : plan.folds()) {
          plannedSteps.add(fold * batch);
        }
        plans.add(plan);
        in = out;
      }
      dataPrimes -= stage.depth();
    }
    return new PackedChain(outputs, plans, cost);
  }

  private PackedProgram build(PackedChain chain) {
    List<PackedStep> steps = new ArrayList<>();
    int linearIndex = 0;
    for (Stage stage : stages) {
      if (stage instanceof Stage.Linear linear) {
        steps.add(
            LinearPacker.pack(
                linear.name(),
                linear.map(),
                chain.plans().get(linearIndex),
                chain.layouts().get(linearIndex),
                batch));
        linearIndex++;
      } else if (stage instanceof Stage.Elementwise elementwise) {
        steps.add(new PackedPolynomial(elementwise.name(), elementwise.polynomial()));
      }
    }
    int[] inputElements = chain.plans().get(0).content().elements(laneSlots);
    TensorLayout answer = chain.layouts().get(chain.layouts().size() - 1);
    return new PackedProgram(
        slotCount,
        batch,
        new InputPacking(inputElements, batch, inputSize),
        steps,
        new OutputPacking(answer.positions(), batch));
  }
}
