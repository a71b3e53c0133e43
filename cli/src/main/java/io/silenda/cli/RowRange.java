package io.silenda.cli;

import io.silenda.infer.tensor.Tensor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A half-open range of rows, zero-based.
 *
 * @param from first row
 * @param to one past the last row
 */
record RowRange(int from, int to) {

  /** The rows of the range. */
  Tensor of(Tensor tensor) throws Refusal {
    if (to > tensor.rows()) {
      throw new Refusal("--rows " + from + ":" + to + ": the input has " + tensor.rows() + " rows");
    }
    return tensor.rows(from, to);
  }

  /** Reads A:B. */
  static final class Converter implements ITypeConverter<RowRange> {
    @Override
    public RowRange convert(String text) {
      String[] parts = text.split(":", -1);
      try {
        if (parts.length == 2) {
          RowRange range = new RowRange(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
          if (range.from >= 0 && range.to > range.from) {
            return range;
          }
        }
      } catch (NumberFormatException e) {
        throw usage(text);
      }
      throw usage(text);
    }

    private static TypeConversionException usage(String text) {
      return new TypeConversionException(
          "'" + text + "' is not A:B with 0 <= A < B (zero-based, B not included)");
    }
  }
}
