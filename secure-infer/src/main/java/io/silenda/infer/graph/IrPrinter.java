package io.silenda.infer.graph;

import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a graph for people: one line a node, sizes but no weights. */
public final class IrPrinter {
  private IrPrinter() {}

  /** The text, ending in a newline. */
  public static String print(Graph graph) {
    ModelInterface names = graph.modelInterface();
    StringBuilder text = new StringBuilder();
    text.append("graph ").append(graph.name()).append('\n');
    for (Node node : graph.nodes()) {
      text.append("  ").append(print(node)).append('\n');
    }
    text.append("  return %").append(graph.outputId());
    text.append("  # ").append(names.coreTensorName()).append(" : ").append(names.coreShape());
    String tail = graph.tail().toString().replace("[]", "");
    text.append("\n  client: ").append(tail).append(" -> ");
    return text.append(names.firstFloatOutput()).append('\n').toString();
  }

  private static String print(Node node) {
    String arguments =
        node.inputs().stream().map(input -> "%" + input).collect(Collectors.joining(", "));
    return "%"
        + node.id()
        + " = "
        + describe(node.operator(), arguments)
        + " : "
        + node.shape()
        + "  # "
        + node.name();
  }

  private static String describe(Operator operator, String arguments) {
    if (operator instanceof Operator.Input) {
      return "input";
    } else if (operator instanceof Operator.Add) {
      return "add(" + arguments + ")";
    } else if (operator instanceof Operator.Multiply) {
      return "multiply(" + arguments + ")";
    } else if (operator instanceof SparseAffine sparse) {
      return "sparse(" + arguments + ") " + sparse.weights();
    } else if (operator instanceof Operator.Dense dense) {
      return "dense(" + arguments + ") " + dense.weights();
    } else if (operator instanceof Operator.Convolution convolution) {
      return "convolution(" + arguments + ") " + describe(convolution.geometry());
    } else if (operator instanceof Operator.Polynomial polynomial) {
      return "polynomial(" + arguments + ") " + describe(polynomial.coefficients());
    } else if (operator instanceof Operator.Approximation approximation) {
      return describe(approximation, arguments);
    }
    Operator.Activation activation = (Operator.Activation) operator;
    String parameters =
        activation.alpha() == 0 && activation.beta() == 0
            ? ""
            : " " + activation.alpha() + ", " + activation.beta();
    return activation.kind().name().toLowerCase(Locale.ROOT) + "(" + arguments + ")" + parameters;
  }

  private static String describe(Operator.Approximation approximation, String arguments) {
    return String.format(
        Locale.ROOT,
        "approximation(%s) of %s, degree %d on %.4g..%.4g",
        arguments,
        approximation.function().kind().name().toLowerCase(Locale.ROOT),
        approximation.degree(),
        approximation.low(),
        approximation.high());
  }

  private static String describe(ConvolutionGeometry geometry) {
    return String.format(
        Locale.ROOT,
        "%dx%dx%d -> %dx%dx%d kernel %dx%d stride %dx%d pad %d,%d dilation %dx%d groups %d",
        geometry.inChannels(),
        geometry.inHeight(),
        geometry.inWidth(),
        geometry.outChannels(),
        geometry.outHeight(),
        geometry.outWidth(),
        geometry.kernelHeight(),
        geometry.kernelWidth(),
        geometry.strideHeight(),
        geometry.strideWidth(),
        geometry.padTop(),
        geometry.padLeft(),
        geometry.dilationHeight(),
        geometry.dilationWidth(),
        geometry.groups());
  }

  private static String describe(double[] coefficients) {
    StringBuilder text = new StringBuilder();
    for (int degree = 0; degree < coefficients.length; degree++) {
      if (coefficients[degree] != 0) {
        text.append(text.isEmpty() ? "" : " + ").append(coefficients[degree]);
        text.append(degree == 0 ? "" : " x^" + degree);
      }
    }
    return text.isEmpty() ? "0" : text.toString();
  }
}
