package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses a layout for every tensor of a graph and packs its stages.
 *
 * <p>Combinations of candidate layouts (compact; multiplexed on the pixel grid of the input) are
 * priced by the rotations and diagonals that they take; the cheapest found is packed. The answer's
 * layout is fixed by {@link Answers}: no partial sum leaves the server.
 */
public final class PackPass {
  /** Up to how many combinations are all priced; of more, each class is improved in turn. */
  private static final int MAX_COMBINATIONS = 16;

  /** Of networks with more weights too: looking at them takes its time. */
  private static final long MAX_WEIGHTS = 500_000;

  private final StageGraph graph;
  private final int slotCount;
  private final int batch;
  private final int laneSlots;
  private final LevelPlan levels;
  private final LayoutChoice choice;
  private final Map<List<Object>, Double> costs = new HashMap<>();

  private PackPass(StageGraph graph, int slots, int batch, Answers answers) {
    this.graph = graph;
    this.slotCount = slots;
    this.batch = batch;
    this.laneSlots = slots / batch;
    this.levels = graph.levels();
    this.choice = new LayoutChoice(graph, laneSlots, batch, answers);
  }

  /**
   * Packs a graph.
   *
   * @param slotCount slots of one ciphertext, a power of two
   * @param batch rows to interleave, a power of two
   * @param answers how often outputs stand in the answer
   * @return empty where input or answer do not fit one lane
   */
  public static Optional<PackedProgram> run(
      StageGraph graph, int slotCount, int batch, Answers answers) {
    return fits(graph, slotCount, batch)
        ? Optional.of(new PackPass(graph, slotCount, batch, answers).pack())
        : Optional.empty();
  }

  /** Whether input and answer fit one lane. */
  public static boolean fits(StageGraph graph, int slotCount, int batch) {
    int[] sizes = graph.sizes();
    int largest = Math.max(sizes[0], sizes[sizes.length - 1]);
    return batch <= slotCount && largest <= slotCount / batch;
  }

  private PackedProgram pack() {
    int[] best = isSmall() ? exhaustive() : descent();
    return build(best, plans(best));
  }

  private boolean isSmall() {
    long weights = 0;
    for (Stage stage : graph.stages()) {
      if (stage instanceof Stage.Linear linear) {
        weights += linear.matrices().stream().mapToLong(SparseMatrix::entryCount).sum();
      }
    }
    return combinationCount() <= MAX_COMBINATIONS && weights <= MAX_WEIGHTS;
  }

  private long combinationCount() {
    long count = 1;
    for (List<TensorLayout> candidates : choice.candidates()) {
      count = Math.min(1 << 20, count * candidates.size());
    }
    return count;
  }

  private int[] exhaustive() {
    int[] next = new int[choice.candidates().size()];
    int[] best = next.clone();
    double bestCost = Double.POSITIVE_INFINITY;
    do {
      double cost = plans(next).cost();
      if (cost < bestCost) {
        best = next.clone();
        bestCost = cost;
      }
    } while (advance(next));
    return best;
  }

  private boolean advance(int[] combination) {
    for (int i = combination.length - 1; i >= 0; i--) {
      if (++combination[i] < choice.candidates().get(i).size()) {
        return true;
      }
      combination[i] = 0;
    }
    return false;
  }

  /** From all compact and from all multiplexed, one class at a time while that helps. */
  private int[] descent() {
    int classes = choice.candidates().size();
    int[] multiplexed = new int[classes];
    for (int i = 0; i < classes - 1; i++) {
      multiplexed[i] = choice.candidates().get(i).size() - 1;
    }
    int[] first = improved(new int[classes]);
    int[] second = improved(multiplexed);
    return cachedCost(first) <= cachedCost(second) ? first : second;
  }

  private int[] improved(int[] start) {
    int[] best = start.clone();
    boolean isBetter = true;
    while (isBetter) {
      isBetter = false;
      for (int i = 0; i < best.length; i++) {
        for (int candidate = 0; candidate < choice.candidates().get(i).size(); candidate++) {
          int[] neighbour = best.clone();
          neighbour[i] = candidate;
          if (cachedCost(neighbour) < cachedCost(best)) {
            best = neighbour;
            isBetter = true;
          }
        }
      }
    }
    return best;
  }

  /** The price without regard to keys that stages have in common. */
  private double cachedCost(int[] combination) {
    double cost = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (graph.nodes().get(i).stage() instanceof Stage.Linear linear) {
        List<Object> key = new ArrayList<>(List.of(i, layout(i + 1, combination)));
        graph.nodes().get(i).operands().forEach(operand -> key.add(layout(operand, combination)));
        Double known = costs.get(key);
        if (known == null) {
          StepCosts prices = stepCosts(i, Set.of());
          known = plan(i, linear, combination, prices).cost(prices);
          costs.put(key, known);
        }
        cost += known;
      }
    }
    return cost;
  }

  private TensorLayout layout(int tensor, int[] combination) {
    int group = choice.classOf(tensor);
    return choice.candidates().get(group).get(combination[group]);
  }

  private StepCosts stepCosts(int index, Set<Integer> plannedSteps) {
    return new StepCosts(levels.depth() + 1 - levels.start(index), batch, plannedSteps);
  }

  private RotationPlan plan(int index, Stage.Linear linear, int[] combination, StepCosts prices) {
    List<Integer> operands = graph.nodes().get(index).operands();
    RotationPlanner planner = new RotationPlanner(laneSlots, prices);
    TensorLayout out = layout(index + 1, combination);
    List<TensorLayout> ins = operands.stream().map(o -> layout(o, combination)).toList();
    return operands.equals(List.of(0)) && readersOfInput() == 1
        ? planner.planClientPacked(linear.matrices().get(0), ins.get(0), out)
        : planner.plan(linear.matrices(), ins, out);
  }

  private long readersOfInput() {
    return graph.nodes().stream().filter(node -> node.operands().contains(0)).count();
  }

  private record Plans(List<Optional<RotationPlan>> ofNodes, double cost) {}

  private Plans plans(int[] combination) {
    List<Optional<RotationPlan>> plans = new ArrayList<>();
    Set<Integer> plannedSteps = new HashSet<>();
    double cost = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (graph.nodes().get(i).stage() instanceof Stage.Linear linear) {
        StepCosts prices = stepCosts(i, plannedSteps);
        RotationPlan plan = plan(i, linear, combination, prices);
        cost += plan.cost(prices);
        plan.addSteps(plannedSteps, batch);
        plans.add(Optional.of(plan));
      } else {
        plans.add(Optional.empty());
      }
    }
    return new Plans(plans, cost);
  }

  private PackedProgram build(int[] combination, Plans plans) {
    List<PackedStep> steps = new ArrayList<>();
    int[] inputElements =
        SlotContent.repeated(layout(0, combination), 0, laneSlots).elements(laneSlots);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Optional<RotationPlan> plan = plans.ofNodes().get(i);
      steps.add(step(i, plan, layout(i + 1, combination)));
      if (plan.isPresent() && graph.nodes().get(i).operands().equals(List.of(0))) {
        inputElements = plan.get().operands().get(0).contents().get(0).elements(laneSlots);
      }
    }
    return new PackedProgram(
        slotCount,
        batch,
        new InputPacking(inputElements, batch, graph.inputSize()),
        steps,
        outputPacking(layout(steps.size(), combination)));
  }

  private OutputPacking outputPacking(TensorLayout layout) {
    return new OutputPacking(layout.positions(), batch, laneSlots / layout.period());
  }

  private PackedStep step(int index, Optional<RotationPlan> plan, TensorLayout out) {
    StageGraph.Node node = graph.nodes().get(index);
    if (node.stage() instanceof Stage.Linear linear) {
      return LinearPacker.pack(linear, node.operands(), plan.orElseThrow(), out, batch);
    } else if (node.stage() instanceof Stage.Elementwise elementwise) {
      return new PackedPolynomial(
          elementwise.name(), node.operands().get(0), elementwise.polynomial());
    }
    return new PackedProduct(node.stage().name(), node.operands().get(0), node.operands().get(1));
  }
}
