package io.silenda.infer.bundle;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;

/** One layer of a packed network. */
final class StepPart {
  private static final int MAX_SLOTS = 1 << 15;
  private static final int MAX_NAME_BYTES = 1 << 16;
  private static final int MAX_FOLDS = 16;
  private static final int MAX_DEGREE = 63;
  private static final int LINEAR = 0;
  private static final int POLYNOMIAL = 1;
  private static final int MONOMIAL = 0;
  private static final int CHEBYSHEV = 1;

  private StepPart() {}

  static void write(ContentWriter out, PackedStep step) {
    if (step instanceof PackedLinear linear) {
      out.tag(LINEAR).text(linear.name()).int32(linear.diagonals().size());
      linear
          .diagonals()
          .forEach(each -> out.int32(each.giant()).int32(each.baby()).doubles(each.values()));
      out.ints(linear.folds()).doubles(linear.bias()).float64(linear.inputUses());
    } else if (step instanceof PackedPolynomial polynomial) {
      out.tag(POLYNOMIAL).text(polynomial.name());
      out.tag(polynomial.polynomial().basis() == Basis.CHEBYSHEV ? CHEBYSHEV : MONOMIAL);
      out.doubles(polynomial.polynomial().coefficients());
    } else {
      throw new IllegalArgumentException("a step without a code: " + step.name());
    }
  }

  static PackedStep read(ContentReader in) throws BundleFormatException {
    int kind = in.tag("step", POLYNOMIAL);
    String name = in.text("step name", MAX_NAME_BYTES);
    if (kind == POLYNOMIAL) {
      return new PackedPolynomial(name, readPolynomial(in));
    }
    return new PackedLinear(
        name,
        in.list("diagonals", MAX_SLOTS, 12, StepPart::readDiagonal),
        in.ints("folds", 1, MAX_SLOTS - 1, MAX_FOLDS),
        in.doubles("bias", MAX_SLOTS),
        in.float64("input uses", 0, 1e9));
  }

  private static Polynomial readPolynomial(ContentReader in) throws BundleFormatException {
    Basis basis = in.tag("basis", CHEBYSHEV) == CHEBYSHEV ? Basis.CHEBYSHEV : Basis.MONOMIAL;
    return new Polynomial(basis, in.doubles("coefficients", MAX_DEGREE + 1));
  }

  private static Diagonal readDiagonal(ContentReader in) throws BundleFormatException {
    return new Diagonal(
        in.int32("giant step", 1 - MAX_SLOTS, MAX_SLOTS - 1),
        in.int32("baby step", 1 - MAX_SLOTS, MAX_SLOTS - 1),
        in.doubles("diagonal", MAX_SLOTS));
  }
}
