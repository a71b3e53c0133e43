package io.silenda.infer.approx;

import io.silenda.infer.graph.Graph;
import java.util.List;

/**
 * A graph with polynomials between its linear layers.
 *
 * @param graph the graph, with an approximation in the place of every activation
 * @param activations what stands in their places, in the graph's order
 * @param answerError what that does to the answers on the calibration rows, or on made ones
 * @param ranges where the ranges of the activations come from
 */
public record ApproximatedGraph(
    Graph graph, List<ActivationReport> activations, AnswerError answerError, RangeSource ranges) {
  /** Copies the list. */
  public ApproximatedGraph {
    activations = List.copyOf(activations);
  }
}
