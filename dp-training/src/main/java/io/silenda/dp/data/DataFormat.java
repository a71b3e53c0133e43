package io.silenda.dp.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** File formats of rows. */
public enum DataFormat {
  /** Comma-separated values with a header line (RFC 4180). */
  CSV,
  /** NumPy arrays; the first axis counts rows. */
  NPY,
  /** The format of MNIST's files, gzip allowed. */
  IDX,
  /** Apache Parquet, flat columns. */
  PARQUET;

  /** Whether rows have named columns, the label among them. */
  public boolean hasColumns() {
    return this == CSV || this == PARQUET;
  }

  /** What the file's name says. */
  public static Optional<DataFormat> ofName(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return Optional.of(CSV);
    }
    if (name.endsWith(".npy")) {
      return Optional.of(NPY);
    }
    if (name.endsWith(".parquet")) {
      return Optional.of(PARQUET);
    }
    return name.matches(".*[.-]idx[0-9]*(-ubyte)?(\\.gz)?") ? Optional.of(IDX) : Optional.empty();
  }
}
