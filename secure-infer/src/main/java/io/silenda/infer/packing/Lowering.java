package io.silenda.infer.packing;

import io.silenda.he.Polynomial.Basis;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator.Add;
import io.silenda.infer.graph.Operator.Approximation;
import io.silenda.infer.graph.Operator.Convolution;
import io.silenda.infer.graph.Operator.Dense;
import io.silenda.infer.graph.Operator.Input;
import io.silenda.infer.graph.Operator.Multiply;
import io.silenda.infer.graph.Operator.Polynomial;
import io.silenda.infer.graph.SparseAffine;
import io.silenda.infer.graph.TensorShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lowers a graph to linear stages, polynomials and products. What only scales, shifts or adds goes
 * into a linear neighbour; a quadratic polynomial becomes a square, and x⁴ and higher powers of two
 * become squares in a row.
 */
public final class Lowering {
  /** A level is worth a layer of this many times the weights. */
  private static final double MAX_GROWTH = 1.5;

  private final StageBuilder stages;
  private final Map<Integer, AffineForm> forms = new HashMap<>();
  private final Fusion fusion;

  /** What becomes of linear layers that follow each other. */
  public enum Fusion {
    /** One stage, always: the fewest levels. */
    ALL,
    /** One stage where that does not make many more weights than both have: fewer products. */
    SPARSE
  }

  private Lowering(int inputSize, Fusion fusion) {
    this.fusion = fusion;
    this.stages = new StageBuilder(inputSize);
  }

  /**
   * Lowers a graph.
   *
   * @throws PrivateInferenceException if an activation is left that is no polynomial
   */
  public static StageGraph run(Graph graph) throws PrivateInferenceException {
    return run(graph, Fusion.ALL);
  }

  /** As {@link #run(Graph)}, with a choice of what becomes one stage. */
  public static StageGraph run(Graph graph, Fusion fusion) throws PrivateInferenceException {
    TensorShape inputShape = graph.node(graph.inputId()).shape();
    Lowering lowering = new Lowering(inputShape.elementCount(), fusion);
    for (int id : LoweringOrder.of(graph)) {
      lowering.forms.put(id, lowering.form(graph.node(id)));
    }
    return lowering.stages.finish(lowering.of(graph.outputId()), image(inputShape));
  }

  private AffineForm of(int id) {
    AffineForm form = forms.get(id);
    if (form == null) {
      throw new IllegalStateException("node " + id + " is read before it is lowered");
    }
    return form;
  }

  private AffineForm form(Node node) throws PrivateInferenceException {
    Optional<ImageShape> image = image(node.shape());
    if (node.operator() instanceof Input) {
      return AffineForm.ofTensor(0, 1, 0, node.shape().elementCount(), image);
    } else if (node.operator() instanceof Dense dense) {
      return linear(node, DenseMap.of(dense), image);
    } else if (node.operator() instanceof Convolution convolution) {
      return linear(node, ConvolutionMap.of(convolution), image);
    } else if (node.operator() instanceof SparseAffine sparse) {
      return linear(node, DenseMap.of(sparse), image);
    } else if (node.operator() instanceof Add) {
      return node.inputs().stream().map(this::of).reduce(AffineForm::plus).orElseThrow();
    } else if (node.operator() instanceof Multiply) {
      return multiply(node);
    }
    return nonlinear(node);
  }

  private AffineForm linear(Node node, AffineMap map, Optional<ImageShape> image) {
    AffineForm operand = operand(node);
    AffineForm fused = operand.then(node.name(), map, image);
    long apart = operand.entryCount() + map.matrix().entryCount();
    if (fusion == Fusion.ALL || fused.entryCount() <= MAX_GROWTH * apart) {
      return fused;
    }
    forms.put(node.inputs().get(0), stages.tensor(operand));
    return operand(node).then(node.name(), map, image);
  }

  private AffineForm operand(Node node) {
    return of(node.inputs().get(0));
  }

  private AffineForm multiply(Node node) {
    int left = node.inputs().get(0);
    int right = node.inputs().get(1);
    if (left == right) {
      return polynomial(node, new double[] {0, 0, 1});
    }
    forms.put(left, stages.scaledTensor(of(left)));
    forms.put(right, stages.scaledTensor(of(right)));
    return stages.product(node.name(), of(left), of(right));
  }

  private AffineForm nonlinear(Node node) throws PrivateInferenceException {
    if (node.operator() instanceof Polynomial polynomial) {
      return polynomial(node, polynomial.coefficients());
    } else if (node.operator() instanceof Approximation approximation) {
      return elementwise(
          node,
          approximation.unitScale(),
          approximation.unitShift(),
          new io.silenda.he.Polynomial(Basis.CHEBYSHEV, approximation.coefficients()));
    }
    throw new PrivateInferenceException(
        Reason.UNSUPPORTED_MODEL, "node " + node.name() + " is neither linear nor a polynomial");
  }

  private AffineForm polynomial(Node node, double[] coefficients) {
    int degree = coefficients.length - 1;
    if (!isMonomial(coefficients) || degree < 4 || Integer.bitCount(degree) != 1) {
      return elementwise(node, 1, 0, new io.silenda.he.Polynomial(Basis.MONOMIAL, coefficients));
    }
    io.silenda.he.Polynomial square = Stage.Elementwise.square(node.name()).polynomial();
    AffineForm power = elementwise(node, 1, 0, square);
    for (int reached = 2; reached < degree; reached *= 2) {
      power = stages.polynomial(node.name(), power, square);
    }
    return power.scaled(coefficients[degree], 0);
  }

  /**
   * The polynomial of {@code scale · x + shift}. What the operand becomes on the way serves its
   * other readers too: they undo the scaling in their own weights.
   */
  private AffineForm elementwise(
      Node node, double scale, double shift, io.silenda.he.Polynomial polynomial) {
    StageBuilder.Scaling inner = StageBuilder.innerScaling(polynomial);
    AffineForm argument =
        operand(node).scaled(inner.scale() * scale, inner.scale() * shift + inner.shift());
    if (polynomial.degree() > 1 && !argument.isTensor()) {
      argument = stages.tensor(argument);
      double whole = inner.scale() * scale;
      double undone = -(inner.scale() * shift + inner.shift()) / whole;
      forms.put(node.inputs().get(0), argument.scaled(1 / whole, undone));
    }
    return stages.polynomial(node.name(), argument, polynomial);
  }

  private static boolean isMonomial(double[] coefficients) {
    for (int i = 0; i < coefficients.length - 1; i++) {
      if (coefficients[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Channels, height and width; a one-dimensional signal is an image of one row. */
  private static Optional<ImageShape> image(TensorShape shape) {
    List<Integer> dims = shape.dimensions();
    return switch (dims.size()) {
      case 2 -> Optional.of(new ImageShape(dims.get(0), 1, dims.get(1)));
      case 3 -> Optional.of(new ImageShape(dims.get(0), dims.get(1), dims.get(2)));
      default -> Optional.empty();
    };
  }
}
