package io.silenda.dp.data;

import io.silenda.dp.data.DataException.Reason;
import java.nio.file.Path;

/** Formats without columns: an array of rows and an array of labels. */
final class ArrayReader {
  private ArrayReader() {}

  static LabelledRows read(DataSource source) throws DataException {
    NumberArray rows = array(source.file(), source.format());
    Path labelFile = source.labelFile().orElseThrow();
    NumberArray labels = array(labelFile, DataFormat.ofName(labelFile).orElse(source.format()));
    if (labels.rows() != rows.rows() || labels.width() != 1) {
      throw new DataException(
          labelFile,
          Reason.SHAPE,
          "holds "
              + labels.rows()
              + " labels of "
              + labels.width()
              + " numbers for "
              + rows.rows()
              + " rows");
    }
    return collect(source, rows, labels, labelFile);
  }

  private static LabelledRows collect(
      DataSource source, NumberArray rows, NumberArray labels, Path labelFile)
      throws DataException {
    RowBuilder builder = new RowBuilder(source.file(), source.labels(), rows.width());
    int end = Math.min(rows.rows(), source.rows().end());
    for (int row = source.rows().first(); row < end; row++) {
      builder.begin();
      for (int i = 0; i < rows.width(); i++) {
        builder.value(row, "number " + i, i, rows.value(row * rows.width() + i));
      }
      double label = labels.value(row);
      String text = label == Math.rint(label) ? String.valueOf((long) label) : "" + label;
      builder.end(row, "label in " + labelFile.getFileName(), text);
    }
    return builder.rows();
  }

  private static NumberArray array(Path file, DataFormat format) throws DataException {
    return switch (format) {
      case NPY -> NpyArrays.read(file);
      case IDX -> IdxArrays.read(file);
      case CSV, PARQUET ->
          throw new DataException(
              file, Reason.MALFORMED, "labels of arrays are NPY or IDX files, not " + format);
    };
  }
}
