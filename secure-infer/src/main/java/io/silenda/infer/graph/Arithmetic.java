package io.silenda.infer.graph;

/** The four operations, as an affine map of the first operand where the second is a constant. */
enum Arithmetic {
  ADD("Add"),
  SUB("Sub"),
  MUL("Mul"),
  DIV("Div");

  private final String operatorType;

  Arithmetic(String operatorType) {
    this.operatorType = operatorType;
  }

  String operatorType() {
    return operatorType;
  }

  /** The factor of x in {@code x ∘ constant}. */
  double scale(double constant) {
    return switch (this) {
      case ADD, SUB -> 1;
      case MUL -> constant;
      case DIV -> 1 / constant;
    };
  }

  /** The summand in {@code x ∘ constant}. */
  double shift(double constant) {
    return switch (this) {
      case ADD -> constant;
      case SUB -> -constant;
      case MUL, DIV -> 0;
    };
  }

  double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
    };
  }

  /**
   * The operation on integers.
   *
   * @throws ArithmeticException on overflow or division by zero
   */
  long apply(long a, long b) {
    return switch (this) {
      case ADD -> Math.addExact(a, b);
      case SUB -> Math.subtractExact(a, b);
      case MUL -> Math.multiplyExact(a, b);
      case DIV -> a / b;
    };
  }
}
