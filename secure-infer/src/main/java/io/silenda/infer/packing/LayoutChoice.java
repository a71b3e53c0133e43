package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The layouts that each tensor of a graph may have. Tensors that are operand and result of a step
 * that works slot by slot have one layout in common: they form a class.
 */
final class LayoutChoice {
  /** Slots whose root of unity is so close to one that key switching is far noisier there. */
  private static final int NOISY_SLOTS = 4;

  private final StageGraph graph;
  private final int laneSlots;
  private final int batch;
  private final Answers answers;
  private final int[] classOf;
  private final List<List<TensorLayout>> candidates = new ArrayList<>();

  LayoutChoice(StageGraph graph, int laneSlots, int batch, Answers answers) {
    this.graph = graph;
    this.laneSlots = laneSlots;
    this.batch = batch;
    this.answers = answers;
    int[] parents = classes();
    List<Integer> roots = Arrays.stream(parents).distinct().boxed().toList();
    this.classOf = Arrays.stream(parents).map(roots::indexOf).toArray();
    for (int root : roots) {
      candidates.add(List.copyOf(candidates(root, parents)));
    }
  }

  /** Layouts to choose from, for each class; the class of the input has one. */
  List<List<TensorLayout>> candidates() {
    return candidates;
  }

  /** The class of a tensor. */
  int classOf(int tensor) {
    return classOf[tensor];
  }

  /** For each tensor the first one of its class. */
  private int[] classes() {
    int[] first = new int[graph.tensorCount()];
    Arrays.setAll(first, i -> i);
    for (int i = 0; i < graph.nodes().size(); i++) {
      StageGraph.Node node = graph.nodes().get(i);
      if (!(node.stage() instanceof Stage.Linear)) {
        for (int operand : node.operands()) {
          join(first, operand, i + 1);
        }
      }
    }
    return first;
  }

  private static void join(int[] first, int a, int b) {
    int low = Math.min(first[a], first[b]);
    int high = Math.max(first[a], first[b]);
    for (int i = 0; i < first.length; i++) {
      first[i] = first[i] == high ? low : first[i];
    }
  }

  private Set<TensorLayout> candidates(int root, int[] parents) {
    Set<TensorLayout> layouts = new LinkedHashSet<>();
    int size = graph.sizes()[root];
    if (root == graph.tensorCount() - 1) {
      return ofAnswer(size);
    }
    layouts.add(TensorLayout.compact(size, laneSlots));
    for (int tensor = 1; tensor < parents.length && root != 0; tensor++) {
      if (parents[tensor] == root
          && graph.nodes().get(tensor - 1).stage() instanceof Stage.Linear linear) {
        multiplexed(linear).ifPresent(layouts::add);
      }
    }
    return layouts;
  }

  private Set<TensorLayout> ofAnswer(int size) {
    // One slot more than there are answers: it stays zero.
    int period = TensorLayout.powerOfTwoAtLeast(size + 1);
    if (answers == Answers.REPEATED && period < laneSlots) {
      return Set.of(TensorLayout.of(TensorLayout.consecutive(size, 0), period, laneSlots));
    }
    Set<TensorLayout> layouts = new LinkedHashSet<>();
    // Key switching is noisiest in the first slots: answers stand behind them.
    int start = Math.max(1, NOISY_SLOTS / batch);
    if (start + size <= laneSlots) {
      layouts.add(TensorLayout.single(size, start, laneSlots));
    }
    if (size <= laneSlots) {
      layouts.add(TensorLayout.single(size, 0, laneSlots));
    }
    return layouts;
  }

  private Optional<TensorLayout> multiplexed(Stage.Linear linear) {
    return linear
        .outputImage()
        .flatMap(
            image ->
                graph.inputImage().flatMap(grid -> MultiplexedLayout.of(image, grid, laneSlots)));
  }
}
