package io.silenda.he;

/** One step of a random sequence. */
enum TwinOperation {
  ADD,
  SUBTRACT,
  ADD_PLAIN,
  NEGATE,
  DROP_LEVEL,
  MULTIPLY,
  SQUARE,
  MULTIPLY_PLAIN,
  RELINEARIZE,
  RESCALE,
  ROTATE,
  SQUARE_RELINEARIZE_RESCALE,
  TRANSFORM,
  POLYNOMIAL;

  /** What keeps all results below half of the first prime. */
  private static final double LARGEST_OPERAND = 2;

  /** Whether a twin's level, size, scale and values admit it. */
  boolean admits(TwinCiphertext x, double scale) {
    boolean product = x.scale() > scale * 1024;
    boolean factor = x.size() == 2 && !product && x.level() > 0;
    boolean small = x.largest() < LARGEST_OPERAND;
    return switch (this) {
      case NEGATE -> true;
      case ADD, SUBTRACT, ADD_PLAIN -> small && !product;
      // A product needs two primes to fit in.
      case DROP_LEVEL -> x.level() > (product ? 1 : 0);
      case MULTIPLY, SQUARE, SQUARE_RELINEARIZE_RESCALE, TRANSFORM -> factor && small;
      case MULTIPLY_PLAIN -> !product && x.level() > 0;
      case RELINEARIZE -> x.size() == 3;
      case RESCALE -> product;
      case ROTATE -> x.size() == 2;
      case POLYNOMIAL -> factor && x.level() > 1 && x.largest() <= 1;
    };
  }
}
