package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Collects the nodes of a graph while it is imported. */
final class GraphBuilder {
  private final List<Draft> drafts = new ArrayList<>();
  private final WorkBudget budget;

  GraphBuilder(WorkBudget budget) {
    this.budget = budget;
  }

  /**
   * A node before folding.
   *
   * @param name display name, not yet unique
   * @param operator what it computes
   * @param inputs indices of its inputs; none for the graph's input
   * @param shape shape of its output row
   */
  record Draft(String name, Operator operator, List<Integer> inputs, TensorShape shape) {}

  List<Draft> drafts() {
    return Collections.unmodifiableList(drafts);
  }

  /** Counts numbers that are about to be allocated. */
  void charge(long values) throws OnnxImportException {
    budget.charge(values);
  }

  Computed addInput(String name, TensorShape shape) {
    return add(name, new Operator.Input(), List.of(), shape);
  }

  /** Adds a linear operator; {@code input} must be a node's output as it is. */
  Computed addLinear(String name, Operator operator, Computed input, TensorShape shape) {
    return add(name, operator, List.of(input.node()), shape);
  }

  /** Adds the sum of outputs of nodes as they are, all of one number of elements. */
  Computed addSum(String name, Computed left, Computed right) {
    return add(name, new Operator.Add(), List.of(left.node(), right.node()), left.shape());
  }

  /** Adds the element-wise product of outputs of nodes as they are. */
  Computed addProduct(String name, Computed left, Computed right) {
    return add(name, new Operator.Multiply(), List.of(left.node(), right.node()), left.shape());
  }

  /** Adds {@code function} of each element of a node's output. */
  Computed addActivation(String name, Operator.Activation function, Computed input) {
    return add(name, function, List.of(input.node()), input.shape());
  }

  /**
   * Adds {@code scale · x + shift}.
   *
   * @param scale one value for every element, or for every equally long run of elements
   * @param shift likewise, as long as {@code scale}
   */
  Computed addElementwise(String name, Computed input, double[] scale, double[] shift)
      throws OnnxImportException {
    TensorShape shape = input.shape();
    boolean image = shape.rank() == 3;
    int channels = scale.length;
    if (image && channels == 1) {
      channels = shape.dimension(0);
      charge(2L * channels);
      scale = repeated(scale[0], channels);
      shift = repeated(shift[0], channels);
    }
    boolean perChannel = image && channels == shape.dimension(0);
    ConvolutionGeometry geometry =
        perChannel
            ? ConvolutionGeometry.elementwise(channels, shape.dimension(1), shape.dimension(2))
            : ConvolutionGeometry.elementwise(channels, 1, shape.elementCount() / channels);
    return addLinear(name, new Operator.Convolution(geometry, scale, shift), input, shape);
  }

  private static double[] repeated(double value, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  /** The tensor as the output of a node, with no function left to apply. */
  Computed materialise(Computed value) throws OnnxImportException, UnsupportedNodeException {
    String name = value.origin();
    Expression function = value.function();
    if (function instanceof Expression.Variable) {
      return value;
    }
    Optional<double[]> polynomial = function.polynomial();
    if (polynomial.isPresent()) {
      return addPolynomial(value, polynomial.get());
    }
    Optional<Operator.Activation> known = ActivationMatcher.match(function);
    if (known.isPresent()) {
      return addActivation(name, known.get(), value);
    }
    if (function instanceof Expression.Apply apply) {
      Computed argument = materialise(value.withFunction(apply.argument(), name));
      return addActivation(name, apply.function(), argument).withShape(value.shape());
    }
    Optional<ActivationMatcher.Scaled> scaled = ActivationMatcher.matchScaled(function);
    return scaled.isPresent() ? addScaled(value, scaled.get()) : split(value);
  }

  private Computed addScaled(Computed value, ActivationMatcher.Scaled scaled)
      throws OnnxImportException, UnsupportedNodeException {
    String name = value.origin();
    Expression argument = Expression.x().affine(scaled.scale(), scaled.shift());
    Computed inner = materialise(value.withFunction(argument, name));
    Computed result = addActivation(name, scaled.function(), inner);
    return addElementwise(name, result, new double[] {scaled.factor()}, new double[] {0});
  }

  /** Computes an inner part of the function first: an affine one, a single function, a summand. */
  private Computed split(Computed value) throws OnnxImportException, UnsupportedNodeException {
    Expression function = value.function();
    Optional<Expression> part = function.onlyAffinePart().or(function::onlyAtom);
    if (part.isEmpty()) {
      part = unlessConstant(function);
    }
    if (part.isEmpty()) {
      return join(value);
    }
    Computed inner = materialise(value.withFunction(part.get(), value.origin()));
    Expression outer = function.replace(part.get(), Expression.x());
    return materialise(inner.withFunction(outer, value.origin()));
  }

  /** Computes both operands of a sum or product of two functions, and joins them. */
  private Computed join(Computed value) throws OnnxImportException, UnsupportedNodeException {
    String name = value.origin();
    if (value.function() instanceof Expression.Sum sum) {
      return addSum(name, operand(value, sum.left()), operand(value, sum.right()));
    } else if (value.function() instanceof Expression.Product product) {
      return addProduct(name, operand(value, product.left()), operand(value, product.right()));
    }
    throw new UnsupportedNodeException("its result does not depend on the input");
  }

  private Computed operand(Computed value, Expression function)
      throws OnnxImportException, UnsupportedNodeException {
    return materialise(value.withFunction(function, value.origin()));
  }

  /** The other operand where one operand of a sum or product is constant. */
  private static Optional<Expression> unlessConstant(Expression function) {
    if (function instanceof Expression.Sum sum) {
      return varying(sum.left(), sum.right());
    }
    return function instanceof Expression.Product product
        ? varying(product.left(), product.right())
        : Optional.empty();
  }

  private static Optional<Expression> varying(Expression left, Expression right) {
    if (left.varies() && right.varies()) {
      return Optional.empty();
    }
    return Optional.of(left.varies() ? left : right);
  }

  private Computed addPolynomial(Computed value, double[] coefficients)
      throws OnnxImportException, UnsupportedNodeException {
    String name = value.origin();
    int degree = coefficients.length - 1;
    if (degree == 0) {
      throw new UnsupportedNodeException("its result does not depend on the input");
    } else if (degree == 1) {
      return addElementwise(
          name, value, new double[] {coefficients[1]}, new double[] {coefficients[0]});
    }
    boolean monomial = Arrays.stream(coefficients).limit(degree).allMatch(c -> c == 0);
    double leading = coefficients[degree];
    if (!monomial || leading == 1) {
      return add(name, new Operator.Polynomial(coefficients), List.of(value.node()), value.shape());
    }
    // The factor can be folded into a linear operator; inside the polynomial it costs a level.
    coefficients[degree] = 1;
    Computed power =
        add(name, new Operator.Polynomial(coefficients), List.of(value.node()), value.shape());
    return addElementwise(name, power, new double[] {leading}, new double[] {0});
  }

  private Computed add(String name, Operator operator, List<Integer> inputs, TensorShape shape) {
    drafts.add(new Draft(name, operator, inputs, shape));
    return new Computed(drafts.size() - 1, shape, Expression.x(), name);
  }
}
