package io.silenda.dp.job;

import io.silenda.dp.data.DataFormat;
import io.silenda.dp.data.DataSource;
import io.silenda.dp.data.Labels;
import io.silenda.dp.data.RowSlice;
import io.silenda.dp.data.Scaling;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows of a job.
 *
 * @param name by which a ledger knows the data
 * @param source the private rows
 * @param publicTest rows that were declared public, to measure accuracy on
 * @param ranges public range of each column by name; empty for none
 * @param range one public range for all columns
 * @param shape shape of a row without the number of rows, or empty for a plain vector
 */
public record DataSection(
    String name,
    DataSource source,
    Optional<DataSource> publicTest,
    Map<String, ColumnRange> ranges,
    Optional<ColumnRange> range,
    List<Integer> shape) {
  private static final Pattern ROWS = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})");
  private static final double LARGEST = 1e30;

  /** Copies collections. */
  public DataSection {
    ranges = Map.copyOf(ranges);
    shape = List.copyOf(shape);
  }

  /** Public bounds of a column. */
  public record ColumnRange(double minimum, double maximum) {}

  /** The scaling for rows of some width, if the job has one. */
  public Optional<Scaling> scaling(int width) {
    if (range.isPresent()) {
      ColumnRange all = range.get();
      return Optional.of(Scaling.uniform(width, (float) all.minimum(), (float) all.maximum()));
    }
    if (ranges.isEmpty()) {
      return Optional.empty();
    }
    float[] minimums = new float[width];
    float[] maximums = new float[width];
    for (int i = 0; i < width; i++) {
      ColumnRange each = Objects.requireNonNull(ranges.get(source.columns().get(i)));
      minimums[i] = (float) each.minimum();
      maximums[i] = (float) each.maximum();
    }
    return Optional.of(Scaling.of(minimums, maximums));
  }

  static DataSection from(Members members, Optional<Members> test, Path folder)
      throws JobException {
    DataSource source = source(members, members, folder);
    Map<String, ColumnRange> ranges = ranges(members, source.columns());
    Optional<ColumnRange> range = Optional.empty();
    if (members.has("range")) {
      range = Optional.of(columnRange(members.object("range")));
      if (!ranges.isEmpty()) {
        throw members.refuse("range", "either range or ranges");
      }
    }
    List<Integer> shape = members.has("shape") ? members.sizes("shape") : List.of();
    String name = members.text("name");
    members.done();
    Optional<DataSource> publicTest = Optional.empty();
    if (test.isPresent()) {
      publicTest = Optional.of(source(test.get(), members, folder));
      test.get().done();
    }
    return new DataSection(name, source, publicTest, ranges, range, shape);
  }

  /** Files and rows of one section; what both share is in the first. */
  private static DataSource source(Members own, Members shared, Path folder) throws JobException {
    Path file = path(own, "file", folder);
    DataFormat format =
        own.has("format")
            ? own.choice("format", DataFormat.class)
            : DataFormat.ofName(file)
                .orElseThrow(
                    () ->
                        own.refuse(
                            "file", "a name ending in .csv, .npy, .parquet, .idx, or a format"));
    Labels labels = labels(shared);
    Optional<Path> labelFile = Optional.empty();
    List<String> columns = List.of();
    Optional<String> label = Optional.empty();
    if (format.hasColumns()) {
      columns = shared.texts("columns");
      label = Optional.of(shared.text("label"));
      if (columns.contains(label.get())) {
        throw shared.refuse("label", "a column that is not among the features");
      }
    } else {
      labelFile = Optional.of(path(own, "labels", folder));
    }
    return new DataSource(file, format, columns, label, labelFile, labels, rows(own));
  }

  private static Labels labels(Members members) throws JobException {
    try {
      if (members.has("class-names")) {
        return new Labels.Named(members.texts("class-names"));
      }
      if (members.has("target")) {
        ColumnRange range = columnRange(members.object("target"));
        return new Labels.Target(range.minimum(), range.maximum());
      }
    } catch (IllegalArgumentException e) {
      throw members.refuse("class-names", "two or more different names");
    }
    return new Labels.Numbered(members.whole("classes", 2, 100_000));
  }

  private static RowSlice rows(Members members) throws JobException {
    if (!members.has("rows")) {
      return RowSlice.ALL;
    }
    Matcher matcher = ROWS.matcher(members.text("rows"));
    if (matcher.matches()) {
      int first = Integer.parseInt(matcher.group(1));
      int end = Integer.parseInt(matcher.group(2));
      if (first < end) {
        return new RowSlice(first, end);
      }
    }
    throw members.refuse("rows", "\"A:B\", whole numbers, A below B");
  }

  private static Map<String, ColumnRange> ranges(Members members, List<String> columns)
      throws JobException {
    Map<String, ColumnRange> ranges = new LinkedHashMap<>();
    if (members.has("ranges")) {
      Members object = members.object("ranges");
      for (String column : columns) {
        ranges.put(column, columnRange(object.object(column)));
      }
      object.done();
    }
    return ranges;
  }

  private static ColumnRange columnRange(Members members) throws JobException {
    double minimum = members.number("minimum", Range.from(-LARGEST, LARGEST));
    double maximum = members.number("maximum", Range.above(minimum, LARGEST));
    members.done();
    return new ColumnRange(minimum, maximum);
  }

  static Path path(Members members, String name, Path folder) throws JobException {
    try {
      return folder.resolve(members.text(name)).normalize();
    } catch (InvalidPathException e) {
      throw members.refuse(name, "a file name");
    }
  }
}
