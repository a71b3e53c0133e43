package io.silenda.infer.packing;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the stages of a chain. Neighbouring linear maps become one, since each would cost a
 * level; so do the scalings around polynomials.
 */
final class StageList {
  /** A vertex further out than this loses more digits than the level is worth. */
  private static final double MAX_VERTEX = 8;

  private final List<Stage> stages = new ArrayList<>();
  private final int inputSize;

  /** Scaling of the last polynomial's result, waiting for a linear stage to go into. */
  private double pendingScale = 1;

  private double pendingShift;

  StageList(int inputSize) {
    this.inputSize = inputSize;
  }

  void linear(String name, AffineMap map, Optional<ImageShape> outputImage) {
    AffineMap whole = map;
    if (isPending()) {
      whole = map.after(AffineMap.identity(map.inputSize()).scaled(pendingScale, pendingShift));
      pendingScale = 1;
      pendingShift = 0;
    }
    int last = stages.size() - 1;
    if (last >= 0 && stages.get(last) instanceof Stage.Linear before) {
      stages.set(
          last,
          new Stage.Linear(before.name() + "+" + name, whole.after(before.map()), outputImage));
    } else {
      stages.add(new Stage.Linear(name, whole, outputImage));
    }
  }

  /** {@code scale · x + shift} on each element, folded into a neighbour. */
  void scaling(double scale, double shift) {
    if (scale == 1 && shift == 0) {
      return;
    }
    int last = stages.size() - 1;
    if (last >= 0 && stages.get(last) instanceof Stage.Linear before) {
      stages.set(
          last,
          new Stage.Linear(before.name(), before.map().scaled(scale, shift), before.outputImage()));
    } else if (last >= 0) {
      pendingScale *= scale;
      pendingShift = scale * pendingShift + shift;
    } else {
      linear("input", AffineMap.identity(inputSize).scaled(scale, shift), Optional.empty());
    }
  }

  /** A polynomial of each element; a quadratic one becomes a square between two scalings. */
  void polynomial(String name, Polynomial polynomial) {
    if (polynomial.degree() == 1) {
      double[] c = polynomial.coefficients();
      scaling(c[1], c[0]);
    } else if (polynomial.degree() == 2 && hasNearVertex(polynomial)) {
      quadratic(name, monomial(polynomial));
    } else {
      elementwise(new Stage.Elementwise(name, polynomial));
    }
  }

  /** a·x² + b·x + c = a·(x + b/2a)² + c − b²/4a. */
  private void quadratic(String name, double[] c) {
    double vertex = c[1] / (2 * c[2]);
    scaling(1, vertex);
    elementwise(Stage.Elementwise.square(name));
    scaling(c[2], c[0] - c[2] * vertex * vertex);
  }

  /** Whether completing the square keeps numbers of the size of the polynomial's own. */
  static boolean hasNearVertex(Polynomial quadratic) {
    double[] c = monomial(quadratic);
    return Math.abs(c[1]) <= 2 * MAX_VERTEX * Math.abs(c[2]);
  }

  private static double[] monomial(Polynomial quadratic) {
    double[] c = quadratic.coefficients();
    return quadratic.basis() == Basis.MONOMIAL ? c : new double[] {c[0] - c[2], c[1], 2 * c[2]};
  }

  private void elementwise(Stage.Elementwise stage) {
    if (isPending() || stages.isEmpty()) {
      int size = outputSize();
      linear(stages.isEmpty() ? "input" : "scaling", AffineMap.identity(size), Optional.empty());
    }
    stages.add(stage);
  }

  private boolean isPending() {
    return pendingScale != 1 || pendingShift != 0;
  }

  private int outputSize() {
    int size = inputSize;
    for (Stage stage : stages) {
      size = stage instanceof Stage.Linear linear ? linear.map().outputSize() : size;
    }
    return size;
  }

  /** The stages; the first and the last are linear. */
  List<Stage> finish() {
    if (stages.isEmpty()
        || isPending()
        || stages.get(stages.size() - 1) instanceof Stage.Elementwise) {
      linear("output", AffineMap.identity(outputSize()), Optional.empty());
    }
    return List.copyOf(stages);
  }
}
