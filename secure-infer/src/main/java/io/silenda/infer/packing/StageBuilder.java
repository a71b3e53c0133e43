package io.silenda.infer.packing;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the stages that forms become. */
final class StageBuilder {
  /** A vertex further out than this loses more digits than the level is worth. */
  private static final double MAX_VERTEX = 8;

  private final List<StageGraph.Node> nodes = new ArrayList<>();
  private final int inputSize;

  StageBuilder(int inputSize) {
    this.inputSize = inputSize;
  }

  /** The map {@code x → scale · x + shift}. */
  record Scaling(double scale, double shift) {
    static final Scaling NONE = new Scaling(1, 0);
  }

  /** What a polynomial wants its argument moved by: a quadratic one becomes a square. */
  static Scaling innerScaling(Polynomial polynomial) {
    return isSquared(polynomial) ? new Scaling(1, vertex(polynomial)) : Scaling.NONE;
  }

  /** The form as a computed tensor. */
  AffineForm tensor(AffineForm form) {
    return form.isTensor() ? form : computed(form);
  }

  /** The form as a computed tensor but for one factor and one summand. */
  AffineForm scaledTensor(AffineForm form) {
    return form.isScaledTensor() ? form : computed(form);
  }

  private AffineForm computed(AffineForm form) {
    boolean ofInput = form.terms().stream().allMatch(term -> term.tensor() == 0);
    nodes.add(form.toNode(ofInput ? "input" : "scaling"));
    return AffineForm.ofTensor(nodes.size(), 1, 0, form.size(), form.image());
  }

  /**
   * A polynomial of each element.
   *
   * @param argument moved by {@link #innerScaling} already
   */
  AffineForm polynomial(String name, AffineForm argument, Polynomial polynomial) {
    double[] c = polynomial.coefficients();
    if (polynomial.degree() == 1) {
      return argument.scaled(c[1], c[0]);
    }
    AffineForm operand = tensor(argument);
    if (!isSquared(polynomial)) {
      return add(new Stage.Elementwise(name, polynomial), operand, operand);
    }
    // a·x² + b·x + c = a·(x + b/2a)² + c − b²/4a.
    double[] quadratic = monomial(polynomial);
    double vertex = vertex(polynomial);
    AffineForm square = add(Stage.Elementwise.square(name), operand, operand);
    return square.scaled(quadratic[2], quadratic[0] - quadratic[2] * vertex * vertex);
  }

  /**
   * (s·x + c)·(s′·y + c′) without a level for the sums: ss′·xy + sc′·x + s′c·y + cc′, where the
   * last three go into whatever comes next.
   */
  AffineForm product(String name, AffineForm left, AffineForm right) {
    double scale = left.terms().get(0).scale();
    double otherScale = right.terms().get(0).scale();
    double shift = left.bias()[0];
    double otherShift = right.bias()[0];
    AffineForm x = pure(left);
    AffineForm y = pure(right);
    AffineForm whole = add(new Stage.Product(name), x, y).scaled(scale * otherScale, 0);
    whole = otherShift == 0 ? whole : whole.plus(x.scaled(scale * otherShift, 0));
    whole = shift == 0 ? whole : whole.plus(y.scaled(otherScale * shift, 0));
    return whole.scaled(1, shift * otherShift);
  }

  private static AffineForm pure(AffineForm form) {
    return AffineForm.ofTensor(form.terms().get(0).tensor(), 1, 0, form.size(), form.image());
  }

  private AffineForm add(Stage stage, AffineForm left, AffineForm right) {
    int tensor = left.terms().get(0).tensor();
    nodes.add(
        new StageGraph.Node(
            stage,
            stage instanceof Stage.Product
                ? List.of(tensor, right.terms().get(0).tensor())
                : List.of(tensor)));
    return AffineForm.ofTensor(nodes.size(), 1, 0, left.size(), left.image());
  }

  private static boolean isSquared(Polynomial polynomial) {
    return polynomial.degree() == 2 && hasNearVertex(polynomial);
  }

  /** Whether completing the square keeps numbers of the size of the polynomial's own. */
  static boolean hasNearVertex(Polynomial quadratic) {
    double[] c = monomial(quadratic);
    return Math.abs(c[1]) <= 2 * MAX_VERTEX * Math.abs(c[2]);
  }

  private static double vertex(Polynomial quadratic) {
    double[] c = monomial(quadratic);
    return c[1] / (2 * c[2]);
  }

  private static double[] monomial(Polynomial quadratic) {
    double[] c = quadratic.coefficients();
    return quadratic.basis() == Basis.MONOMIAL ? c : new double[] {c[0] - c[2], c[1], 2 * c[2]};
  }

  /** The stages; the answer is a linear one of its own, which masks what is beside it. */
  StageGraph finish(AffineForm answer, Optional<ImageShape> inputImage) {
    nodes.add(answer.toNode("output"));
    return new StageGraph(nodes, inputSize, inputImage);
  }
}
