package io.silenda.infer.graph;

import io.silenda.infer.graph.GraphBuilder.Draft;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns drafts into nodes: drops what the core tensor does not need, folds scales and shifts into
 * neighbouring linear operators, numbers the rest.
 */
final class GraphAssembler {
  private final Draft[] drafts;
  private final int[][] inputs;
  private final int[] readers;
  private int output;

  GraphAssembler(List<Draft> drafts, int output) {
    this.drafts = drafts.toArray(new Draft[0]);
    this.inputs =
        drafts.stream()
            .map(draft -> draft.inputs().stream().mapToInt(input -> input).toArray())
            .toArray(int[][]::new);
    this.readers = new int[this.drafts.length];
    this.output = output;
  }

  /** The nodes in topological order; the last one computes the core tensor. */
  List<Node> assemble() throws OnnxImportException {
    countReaders();
    foldIntoProducers();
    foldIntoReaders();
    return number();
  }

  /** A draft nobody reads stays at 0 readers and is dropped; the output counts as read. */
  private void countReaders() {
    readers[output] = 1;
    for (int i = drafts.length - 1; i >= 0; i--) {
      if (readers[i] > 0) {
        for (int input : inputs[i]) {
          readers[input]++;
        }
      }
    }
  }

  /** From the last to the first, so that a chain of scales is merged before it meets weights. */
  private void foldIntoProducers() {
    int[] replacement = new int[drafts.length];
    Arrays.setAll(replacement, i -> i);
    for (int i = drafts.length - 1; i >= 0; i--) {
      if (isElementwise(i) && readers[inputs[i][0]] == 1) {
        int producer = inputs[i][0];
        Optional<Operator> folded =
            ElementwiseFold.after(drafts[producer].operator(), drafts[i].operator());
        if (folded.isPresent()) {
          replace(producer, folded.get());
          readers[producer] = readers[i];
          readers[i] = 0;
          replacement[i] = producer;
        }
      }
    }
    for (int i = 0; i < drafts.length; i++) {
      // A producer comes before its reader, so its own replacement is final here.
      replacement[i] = replacement[i] == i ? i : replacement[replacement[i]];
      for (int operand = 0; operand < inputs[i].length; operand++) {
        inputs[i][operand] = replacement[inputs[i][operand]];
      }
    }
    output = replacement[output];
  }

  private void foldIntoReaders() {
    for (int i = 0; i < drafts.length; i++) {
      int producer = inputs[i].length == 1 ? inputs[i][0] : -1;
      if (readers[i] > 0
          && producer >= 0
          && isElementwise(producer)
          && readers[producer] == 1
          && producer != output) {
        Optional<Operator> folded =
            ElementwiseFold.before(drafts[producer].operator(), drafts[i].operator());
        if (folded.isPresent()) {
          replace(i, folded.get());
          readers[producer] = 0;
          inputs[i] = inputs[producer];
        }
      }
    }
  }

  private boolean isElementwise(int index) {
    return readers[index] > 0 && ElementwiseFold.isElementwise(drafts[index].operator());
  }

  private void replace(int index, Operator operator) {
    Draft draft = drafts[index];
    drafts[index] = new Draft(draft.name(), operator, draft.inputs(), draft.shape());
  }

  private List<Node> number() throws OnnxImportException {
    List<Node> nodes = new ArrayList<>();
    int[] ids = new int[drafts.length];
    Set<String> names = new HashSet<>();
    for (int i = 0; i < drafts.length; i++) {
      if (readers[i] > 0) {
        Draft draft = drafts[i];
        ids[i] = nodes.size();
        requireFinite(draft);
        List<Integer> operands = Arrays.stream(inputs[i]).mapToObj(input -> ids[input]).toList();
        String name = unique(draft.name(), names);
        nodes.add(new Node(ids[i], name, draft.operator(), operands, draft.shape()));
      }
    }
    return nodes;
  }

  private static String unique(String name, Set<String> names) {
    String candidate = name;
    for (int copy = 2; !names.add(candidate); copy++) {
      candidate = name + "#" + copy;
    }
    return candidate;
  }

  private static void requireFinite(Draft draft) throws OnnxImportException {
    if (!isFinite(draft.operator())) {
      throw new OnnxImportException(
          Reason.NON_FINITE_WEIGHT,
          "a weight of node " + Text.name(draft.name()) + " is infinite or not a number");
    }
  }

  private static boolean isFinite(Operator operator) {
    if (operator instanceof Operator.Dense dense) {
      return isFinite(dense.weights().values()) && isFinite(dense.bias());
    } else if (operator instanceof Operator.Convolution convolution) {
      return isFinite(convolution.weights()) && isFinite(convolution.bias());
    } else if (operator instanceof SparseAffine sparse) {
      return sparse.weights().isFinite() && isFinite(sparse.bias());
    } else if (operator instanceof Operator.Polynomial polynomial) {
      return isFinite(polynomial.coefficients());
    }
    return !(operator instanceof Operator.Activation activation)
        || (activation.kind() == ActivationKind.CLIP
            ? activation.alpha() <= activation.beta()
            : isFinite(new double[] {activation.alpha(), activation.beta()}));
  }

  private static boolean isFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }
}
