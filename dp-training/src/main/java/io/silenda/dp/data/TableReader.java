package io.silenda.dp.data;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.silenda.dp.data.DataException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;

/** Formats with named columns. */
final class TableReader {
  private final DataSource source;
  private final List<String> columns;
  private final String label;

  private TableReader(DataSource source) {
    this.source = source;
    this.columns = source.columns();
    this.label = source.label().orElseThrow();
  }

  static LabelledRows read(DataSource source) throws DataException {
    TableReader reader = new TableReader(source);
    Path file = source.file();
    if (!Files.isRegularFile(file)) {
      throw new DataException(file, Reason.UNREADABLE, "there is no regular file at this path");
    }
    try {
      return source.format() == DataFormat.CSV ? reader.csv() : reader.parquet();
    } catch (IOException | RuntimeException e) {
      // Whatever a library makes of a damaged file is a refusal of that file.
      throw new DataException(
          file,
          Reason.MALFORMED,
          "cannot be read as " + source.format() + ": " + firstLine(e.getMessage()));
    }
  }

  private static String firstLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "it is damaged" : message.lines().findFirst().orElse("it is damaged");
  }

  private LabelledRows csv() throws IOException, DataException {
    CsvMapper mapper =
        CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    try (MappingIterator<String[]> lines =
        mapper.readerFor(String[].class).readValues(source.file().toFile())) {
      if (!lines.hasNext()) {
        throw new DataException(source.file(), Reason.MALFORMED, "the file is empty");
      }
      String[] head = lines.next();
      return rows(List.of(head), lines);
    }
  }

  private LabelledRows parquet() throws IOException, DataException {
    List<ColumnDescriptor> descriptors =
        ParquetReader.readMetadata(source.file().toFile())
            .getFileMetaData()
            .getSchema()
            .getColumns();
    List<String> head =
        descriptors.stream().map(column -> String.join(".", column.getPath())).toList();
    try (Stream<String[]> cells =
        ParquetReader.streamContent(source.file().toFile(), new Cells(head), path -> path)) {
      return rows(head, cells.iterator());
    }
  }

  private LabelledRows rows(List<String> head, Iterator<String[]> lines) throws DataException {
    int[] places = columns.stream().mapToInt(column -> -1).toArray();
    for (int i = 0; i < places.length; i++) {
      places[i] = place(head, columns.get(i));
    }
    int labelPlace = place(head, label);
    RowBuilder builder = new RowBuilder(source.file(), source.labels(), columns.size());
    for (long row = 0; lines.hasNext() && row < source.rows().end(); row++) {
      String[] line = lines.next();
      if (!source.rows().contains(row)) {
        continue;
      }
      if (line.length != head.size()) {
        throw new DataException(
            source.file(),
            Reason.MALFORMED,
            "row " + row + " has " + line.length + " cells, the header " + head.size());
      }
      builder.begin();
      for (int i = 0; i < places.length; i++) {
        builder.value(row, "column " + columns.get(i), i, line[places[i]].strip());
      }
      builder.end(row, "label " + label, line[labelPlace].strip());
    }
    return builder.rows();
  }

  private int place(List<String> head, String column) throws DataException {
    int at = head.indexOf(column);
    if (at < 0 || at != head.lastIndexOf(column)) {
      throw new DataException(
          source.file(),
          Reason.UNKNOWN_COLUMN,
          (at < 0 ? "there is no column " : "there is more than one column ")
              + RowBuilder.shown(column)
              + "; the file has "
              + String.join(", ", head.subList(0, Math.min(head.size(), 20)))
              + (head.size() > 20 ? ", …" : ""));
    }
    return at;
  }

  /** Cells of one row as text, in the schema's order; a missing value is empty. */
  private static final class Cells implements Hydrator<String[], String[], String[]> {
    private final List<String> head;

    Cells(List<String> head) {
      this.head = Collections.unmodifiableList(head);
    }

    @Override
    public String[] start() {
      String[] cells = new String[head.size()];
      Arrays.fill(cells, "");
      return cells;
    }

    @Override
    public String[] add(String[] cells, String[] path, Object value) {
      int at = head.indexOf(String.join(".", path));
      if (at >= 0) {
        cells[at] = value instanceof Boolean truth ? (truth ? "1" : "0") : String.valueOf(value);
      }
      return cells;
    }

    @Override
    public String[] finish(String[] cells) {
      return cells;
    }
  }
}
