package io.silenda.dp.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where rows come from. Everything here is public: it is the job's text.
 *
 * @param file the rows
 * @param format its format
 * @param columns features in order, for formats with columns; otherwise empty
 * @param label the label's column, for formats with columns
 * @param labelFile an array of labels beside the rows, for formats without columns
 * @param labels what labels may be
 * @param rows which rows are taken
 */
public record DataSource(
    Path file,
    DataFormat format,
    List<String> columns,
    Optional<String> label,
    Optional<Path> labelFile,
    Labels labels,
    RowSlice rows) {
  /** Checks that members and format fit. */
  public DataSource {
    columns = List.copyOf(columns);
    if (format.hasColumns() && (columns.isEmpty() || label.isEmpty() || labelFile.isPresent())) {
      throw new IllegalArgumentException(format + " needs columns and label, and no label file");
    }
    if (!format.hasColumns() && (!columns.isEmpty() || label.isPresent() || labelFile.isEmpty())) {
      throw new IllegalArgumentException(format + " needs a label file, and has no columns");
    }
  }

  /**
   * Reads all rows into memory.
   *
   * @throws DataException at the first row that cannot be used
   */
  public LabelledRows read() throws DataException {
    return format.hasColumns() ? TableReader.read(this) : ArrayReader.read(this);
  }
}
