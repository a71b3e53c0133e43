package io.silenda.cli;

import io.silenda.infer.approx.InputRange;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads LOW:HIGH. */
final class InputRangeConverter implements ITypeConverter<InputRange> {
  @Override
  public InputRange convert(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 2) {
      try {
        return new InputRange(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
      } catch (IllegalArgumentException e) {
        throw usage(text);
      }
    }
    throw usage(text);
  }

  private static TypeConversionException usage(String text) {
    return new TypeConversionException(
        "'" + text + "' is not LOW:HIGH with two finite numbers, LOW < HIGH");
  }
}
