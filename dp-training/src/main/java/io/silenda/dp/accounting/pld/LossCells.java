package io.silenda.dp.accounting.pld;

/**
 * Masses that the two distributions of a pair give to cells of the privacy loss ln(P/Q): cell i
 * holds losses from (first + i) width to (first + i + 1) width.
 *
 * <p>{@code slack} bounds how far a loss may lie outside of its cell by rounding. Masses are exact
 * but for a relative {@link #MASS_ERROR}.
 */
public final class LossCells {
  /**
   * Relative error of masses and of exponentials taken to make them, with a margin over the
   * rounding of the functions used.
   */
  static final double MASS_ERROR = 1e-11;

  /** Cells that one discretisation may have. */
  static final int LARGEST = 1 << 23;

  final double width;
  final long first;
  final double[] p;
  final double[] q;
  double pBelow;
  double qBelow;
  double pAbove;
  double qAbove;
  double slack;

  LossCells(double width, long first, int cells) {
    this.width = width;
    this.first = first;
    p = new double[cells];
    q = new double[cells];
  }

  /** Cells that cover losses from {@code low} to {@code high}. */
  static LossCells covering(double width, double low, double high) {
    double first = Math.floor(low / width);
    double cells = Math.max(1, Math.ceil(high / width) - first);
    if (!(cells <= LARGEST)) {
      throw new TooManyCellsException(cells);
    }
    return new LossCells(width, (long) first, (int) cells);
  }

  /** Loss at the lower end of cell {@code i}. */
  double edge(int i) {
    return (first + i) * width;
  }

  /** Adds an outcome, or outcomes of the same loss. */
  void add(double loss, double pMass, double qMass) {
    if (loss > edge(p.length) + slack) {
      pAbove += pMass;
      qAbove += qMass;
    } else if (loss < edge(0) - slack) {
      pBelow += pMass;
      qBelow += qMass;
    } else {
      int cell = (int) Math.min(p.length - 1.0, Math.max(0, Math.floor(loss / width) - first));
      p[cell] += pMass;
      q[cell] += qMass;
    }
  }

  /** Adds {@code weight} times the outcomes of other cells of the same width, which these cover. */
  void addAll(LossCells other, double weight) {
    int offset = Math.toIntExact(other.first - first);
    for (int i = 0; i < other.p.length; i++) {
      p[offset + i] += weight * other.p[i];
      q[offset + i] += weight * other.q[i];
    }
    pBelow += weight * other.pBelow;
    qBelow += weight * other.qBelow;
    pAbove += weight * other.pAbove;
    qAbove += weight * other.qAbove;
    slack = Math.max(slack, other.slack);
  }

  /** The same outcomes with the roles of P and Q exchanged. */
  LossCells reversed() {
    LossCells turned = new LossCells(width, -(first + p.length), p.length);
    for (int i = 0; i < p.length; i++) {
      turned.p[i] = q[p.length - 1 - i];
      turned.q[i] = p[p.length - 1 - i];
    }
    turned.pBelow = qAbove;
    turned.qBelow = pAbove;
    turned.pAbove = qBelow;
    turned.qAbove = pBelow;
    turned.slack = slack;
    return turned;
  }
}
