package io.silenda.infer.packing;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator;
import io.silenda.infer.graph.SparseAffine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The order in which nodes are lowered: of the nodes that could be next, those that are not linear
 * come first. Then a tensor that an activation reads is computed before its other readers look at
 * it, and is computed once.
 */
final class LoweringOrder {
  private LoweringOrder() {}

  /** Ids of the nodes that the answer depends on. */
  static List<Integer> of(Graph graph) {
    Set<Integer> needed = needed(graph);
    List<Integer> order = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    PriorityQueue<Integer> ready =
        new PriorityQueue<>(
            Comparator.comparing((Integer id) -> isLinear(graph.node(id)))
                .thenComparing(Comparator.naturalOrder()));
    Set<Integer> waiting = new HashSet<>(needed);
    moveReady(graph, waiting, done, ready);
    while (!ready.isEmpty()) {
      int id = ready.remove();
      order.add(id);
      done.add(id);
      moveReady(graph, waiting, done, ready);
    }
    return order;
  }

  private static void moveReady(
      Graph graph, Set<Integer> waiting, Set<Integer> done, PriorityQueue<Integer> ready) {
    waiting.removeIf(
        id -> {
          boolean isReady = done.containsAll(graph.node(id).inputs());
          if (isReady) {
            ready.add(id);
          }
          return isReady;
        });
  }

  private static Set<Integer> needed(Graph graph) {
    Set<Integer> needed = new HashSet<>(Set.of(graph.outputId(), graph.inputId()));
    for (int id = graph.nodes().size() - 1; id >= 0; id--) {
      if (needed.contains(id)) {
        needed.addAll(graph.node(id).inputs());
      }
    }
    return needed;
  }

  private static boolean isLinear(Node node) {
    return node.operator() instanceof Operator.Dense
        || node.operator() instanceof Operator.Convolution
        || node.operator() instanceof SparseAffine
        || node.operator() instanceof Operator.Add;
  }
}
