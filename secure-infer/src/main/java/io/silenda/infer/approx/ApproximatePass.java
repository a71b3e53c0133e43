package io.silenda.infer.approx;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator.Activation;
import java.util.List;

/**
 * Leaves only polynomials between the linear layers.
 *
 * <p>Polynomials of the network stay exact. An activation that is no polynomial is refused: this
 * version has no approximation whose range and error it could state.
 */
public final class ApproximatePass {
  private ApproximatePass() {}

  /**
   * Checks every activation.
   *
   * @throws PrivateInferenceException naming each activation that is not a polynomial
   */
  public static Graph run(Graph graph) throws PrivateInferenceException {
    List<String> others =
        graph.nodes().stream()
            .filter(node -> node.operator() instanceof Activation)
            .map(ApproximatePass::describe)
            .toList();
    if (!others.isEmpty()) {
      throw new PrivateInferenceException(
          Reason.ACTIVATION_NOT_POLYNOMIAL,
          "activations that are not polynomials cannot run under encryption in this version: "
              + String.join(", ", others)
              + "; train with x*x in their place, or use --mode plain");
    }
    return graph;
  }

  private static String describe(Node node) {
    return ((Activation) node.operator()).kind() + " (node " + node.name() + ")";
  }
}
