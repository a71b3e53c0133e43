package io.silenda.infer.bundle;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedProduct;
import io.silenda.infer.packing.PackedStep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One layer of a packed network. */
final class StepPart {
  private static final int MAX_SLOTS = 1 << 15;
  private static final int MAX_NAME_BYTES = 1 << 16;
  private static final int MAX_FOLDS = 16;
  private static final int MAX_DEGREE = 63;

  /** Summands of one linear layer; a network that concatenates more can be split. */
  private static final int MAX_OPERANDS = 64;

  /** Ciphertexts of one tensor. */
  private static final int MAX_BLOCKS = 256;

  private static final int LINEAR = 0;
  private static final int POLYNOMIAL = 1;
  private static final int PRODUCT = 2;
  private static final int MONOMIAL = 0;
  private static final int CHEBYSHEV = 1;

  private StepPart() {}

  static void write(ContentWriter out, PackedStep step) {
    if (step instanceof PackedLinear linear) {
      out.tag(LINEAR).text(linear.name());
      writeLinear(out, linear);
    } else if (step instanceof PackedPolynomial polynomial) {
      out.tag(POLYNOMIAL).text(polynomial.name()).int32(polynomial.operand());
      out.tag(polynomial.polynomial().basis() == Basis.CHEBYSHEV ? CHEBYSHEV : MONOMIAL);
      out.doubles(polynomial.polynomial().coefficients());
    } else if (step instanceof PackedProduct product) {
      out.tag(PRODUCT).text(product.name()).int32(product.left()).int32(product.right());
    } else {
      throw new IllegalArgumentException("a step without a code: " + step.name());
    }
  }

  private static void writeLinear(ContentWriter out, PackedLinear linear) {
    out.ints(linear.operands());
    out.int32(linear.blocks().size());
    for (LinearBlock block : linear.blocks()) {
      out.int32(block.operand()).int32(block.inBlock()).int32(block.outBlock());
      out.int32(block.diagonals().size());
      block
          .diagonals()
          .forEach(each -> out.int32(each.giant()).int32(each.baby()).doubles(each.values()));
    }
    out.ints(folds(linear)).int32(linear.biases().size());
    linear.biases().forEach(out::doubles);
    out.doubles(linear.inputUses());
  }

  /** A zero before them says that they are taken in pairs: who knows nothing of that refuses it. */
  private static int[] folds(PackedLinear linear) {
    IntStream mark = linear.pairsFolds() ? IntStream.of(0) : IntStream.empty();
    return IntStream.concat(mark, Arrays.stream(linear.folds())).toArray();
  }

  static PackedStep read(ContentReader in) throws BundleFormatException {
    int kind = in.tag("step", PRODUCT);
    String name = in.text("step name", MAX_NAME_BYTES);
    if (kind == POLYNOMIAL) {
      return new PackedPolynomial(name, readTensor(in), readPolynomial(in));
    }
    return kind == PRODUCT
        ? new PackedProduct(name, readTensor(in), readTensor(in))
        : readLinear(in, name);
  }

  private static int readTensor(ContentReader in) throws BundleFormatException {
    return in.int32("operand", 0, ProgramPart.MAX_STEPS);
  }

  private static PackedLinear readLinear(ContentReader in, String name)
      throws BundleFormatException {
    int[] operands = in.ints("operands", 0, ProgramPart.MAX_STEPS, MAX_OPERANDS);
    List<LinearBlock> blocks =
        in.list("blocks", MAX_OPERANDS * MAX_BLOCKS * MAX_BLOCKS, 16, StepPart::readBlock);
    int[] folds = in.ints("folds", 0, MAX_SLOTS - 1, 1 + MAX_FOLDS);
    boolean pairsFolds = folds.length > 0 && folds[0] == 0;
    return new PackedLinear(
        name,
        Arrays.stream(operands).boxed().toList(),
        blocks,
        pairsFolds ? Arrays.copyOfRange(folds, 1, folds.length) : folds,
        pairsFolds,
        in.list("biases", MAX_BLOCKS, 4, reader -> reader.doubles("bias", MAX_SLOTS)),
        in.doubles("input uses", MAX_OPERANDS));
  }

  private static LinearBlock readBlock(ContentReader in) throws BundleFormatException {
    return new LinearBlock(
        in.int32("operand of a block", 0, MAX_OPERANDS - 1),
        in.int32("input ciphertext", 0, MAX_BLOCKS - 1),
        in.int32("output ciphertext", 0, MAX_BLOCKS - 1),
        in.list("diagonals", MAX_SLOTS, 12, StepPart::readDiagonal));
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
