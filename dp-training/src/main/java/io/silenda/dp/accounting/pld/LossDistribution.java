package io.silenda.dp.accounting.pld;

/**
 * A privacy loss distribution on a grid whose pair dominates the pair it was made from: its
 * hockey-stick curve connects points of the true one (Doroshenko, Ghazi, Kamath, Kumar, Manurangsi
 * 2022, "Connect the Dots").
 *
 * <p>Every outcome of a cell is split between the cell's two edges so that both P and Q mass are
 * kept. That spreads the likelihood ratio without moving its mean, and a spread dominates. Rounding
 * goes to the upper edge.
 */
final class LossDistribution {
  final double width;
  final long first;
  final double[] mass;

  /** Mass of infinite loss. */
  final double infinite;

  /** Part of {@link #mass} that was raised from below the grid. */
  final double raised;

  /** What may have to be added to the loss of one use. */
  final double slack;

  private LossDistribution(
      double width, long first, double[] mass, double infinite, double raised, double slack) {
    this.width = width;
    this.first = first;
    this.mass = mass;
    this.infinite = infinite;
    this.raised = raised;
    this.slack = slack;
  }

  /** Discretises the losses of P against Q. */
  static LossDistribution connectTheDots(LossCells cells) {
    double[] mass = new double[cells.p.length + 1];
    double span = -Math.expm1(-cells.width);
    double infinite = cells.pAbove;
    for (int i = 0; i < cells.p.length; i++) {
      double p = cells.p[i] * (1 + LossCells.MASS_ERROR);
      double upper = p;
      double edge = cells.edge(i);
      if (edge < 700) {
        double exact = (cells.p[i] - cells.q[i] * Math.exp(edge)) / span;
        upper = Math.min(p, Math.max(0, exact) + 2 * LossCells.MASS_ERROR * p / span);
      }
      mass[i] += p - upper;
      mass[i + 1] += upper;
    }
    mass[0] += cells.pBelow;
    for (int i = 0; i < mass.length; i++) {
      // Too small to be scaled safely later.
      if (mass[i] < 1e-290) {
        infinite += mass[i];
        mass[i] = 0;
      }
    }
    return new LossDistribution(
        cells.width,
        cells.first,
        mass,
        infinite * (1 + LossCells.MASS_ERROR),
        cells.pBelow,
        cells.slack);
  }

  /** ln E[exp(order * loss); loss finite]. */
  double logMoment(double order) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < mass.length; i++) {
      if (mass[i] > 0) {
        largest = Math.max(largest, order * loss(i));
      }
    }
    double shift = largest;
    double sum = sumOfExponentials(order, shift);
    if (sum < 1e-200) {
      shift = largestTerm(order);
      sum = sumOfExponentials(order, shift);
    }
    return shift + Math.log(sum);
  }

  private double sumOfExponentials(double order, double shift) {
    double sum = 0;
    for (int i = 0; i < mass.length; i++) {
      if (mass[i] > 0) {
        sum += mass[i] * Math.exp(order * loss(i) - shift);
      }
    }
    return sum;
  }

  private double largestTerm(double order) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < mass.length; i++) {
      if (mass[i] > 0) {
        largest = Math.max(largest, order * loss(i) + Math.log(mass[i]));
      }
    }
    return largest;
  }

  double loss(int i) {
    return (first + i) * width;
  }

  long last() {
    return first + mass.length - 1;
  }
}
