package io.silenda.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes.
 *
 * @param bytes at least 1
 */
record ByteSize(long bytes) {
  private static final String UNITS = "kmg";
  private static final int MAX_DIGITS = 9;

  /** Reads a number with k, m or g (powers of 1024) behind it, or of bytes. */
  static final class Converter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      int unit = lower.isEmpty() ? -1 : UNITS.indexOf(lower.charAt(lower.length() - 1));
      String digits = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
      boolean number = digits.length() <= MAX_DIGITS && digits.matches("[1-9][0-9]*");
      if (!number) {
        throw new TypeConversionException(
            "'" + text + "' is no size: a number with k, m or g behind it, such as 256m");
      }
      return new ByteSize(Long.parseLong(digits) << (10 * (unit + 1)));
    }
  }
}
