package io.silenda.infer.approx;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers of variants of one graph on the same rows. What lies before the first node in which a
 * variant differs from the one before is not computed again, where memory allows.
 */
final class ComparedAnswers {
  /** Numbers that are kept of all rows' tensors: 160 MB. */
  private static final long MAX_KEPT = 20_000_000;

  private final List<double[]> rows;
  private final List<double[][]> kept = new ArrayList<>();
  private List<Node> keptNodes = List.of();

  ComparedAnswers(List<double[]> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The core tensors of a graph, one a row. */
  List<double[]> of(Graph graph) {
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    long numbers = graph.nodes().stream().mapToLong(node -> node.shape().elementCount()).sum();
    if (numbers * rows.size() > MAX_KEPT) {
      return rows.stream().map(interpreter::evaluate).toList();
    }
    int first = firstChange(graph);
    List<double[]> answers = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      double[][] values =
          first == 0
              ? interpreter.evaluateAll(rows.get(row)).values().toArray(double[][]::new)
              : interpreter.evaluateFrom(kept.get(row), first);
      keep(row, values);
      answers.add(values[graph.outputId()]);
    }
    keptNodes = graph.nodes();
    return answers;
  }

  private int firstChange(Graph graph) {
    int same = 0;
    while (same < keptNodes.size()
        && same < graph.nodes().size()
        && keptNodes.get(same).operator().equals(graph.node(same).operator())) {
      same++;
    }
    return same == 0 ? 0 : Math.max(same, graph.inputId() + 1);
  }

  private void keep(int row, double[][] values) {
    if (row < kept.size()) {
      kept.set(row, values);
    } else {
      kept.add(values);
    }
  }
}
