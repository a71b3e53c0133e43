package io.silenda.dp.data;

import io.silenda.dp.data.DataException.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Collects checked rows, whose number may be unknown before the last. */
final class RowBuilder {
  private static final int LONGEST_SHOWN = 40;

  private final Path file;
  private final Labels allowed;
  private final int width;
  private float[] values = new float[0];
  private float[] labels = new float[16];
  private int count;

  RowBuilder(Path file, Labels allowed, int width) {
    this.file = file;
    this.allowed = allowed;
    this.width = width;
  }

  /** Makes room for one row more; all of its values must be put. */
  void begin() throws DataException {
    long needed = (count + 1L) * width;
    if (needed > Integer.MAX_VALUE - 8L
        || needed * Float.BYTES > Runtime.getRuntime().maxMemory() / 2) {
      throw new DataException(file, Reason.TOO_LARGE, "the rows do not fit into memory");
    }
    if (needed > values.length) {
      long grown = Math.max(needed, Math.min(values.length * 3L / 2, Integer.MAX_VALUE - 8L));
      values = Arrays.copyOf(values, (int) Math.max(grown, Math.min(needed * 4, 1 << 16)));
    }
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, count * 2);
    }
  }

  void value(long row, String column, int index, double value) throws DataException {
    float rounded = (float) value;
    if (!Float.isFinite(rounded)) {
      throw new DataException(
          file, Reason.NOT_A_NUMBER, at(row, column) + value + " is not a finite number");
    }
    values[count * width + index] = rounded;
  }

  void value(long row, String column, int index, String text) throws DataException {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new DataException(
          file, Reason.NOT_A_NUMBER, at(row, column) + shown(text) + " is not a number");
    }
    value(row, column, index, value);
  }

  void end(long row, String column, String label) throws DataException {
    OptionalDouble parsed = allowed.parse(label);
    if (parsed.isEmpty()) {
      throw new DataException(
          file,
          Reason.LABEL_OUT_OF_RANGE,
          at(row, column) + shown(label) + " is not " + allowed.allowed());
    }
    labels[count++] = (float) parsed.getAsDouble();
  }

  LabelledRows rows() throws DataException {
    if (count == 0) {
      throw new DataException(file, Reason.SHAPE, "there are no rows");
    }
    return new LabelledRows(
        width, Arrays.copyOf(values, count * width), Arrays.copyOf(labels, count));
  }

  private static String at(long row, String column) {
    return "row " + row + ", " + column + ": ";
  }

  /** What a cell holds, short and on one line. */
  static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.isEmpty()
        ? "nothing"
        : '"'
            + (plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain)
            + '"';
  }
}
