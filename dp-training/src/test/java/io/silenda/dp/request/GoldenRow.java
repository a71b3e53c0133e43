package io.silenda.dp.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of {@code vectors/privacy-golden.tsv}: values that dp-accounting 0.6.0, prv_accountant
 * 0.2.0, jax-privacy 2.0.0 (all Apache-2.0 or MIT) and 40-digit quadrature returned.
 */
public record GoldenRow(String[] columns) {
  /** All rows of the table. */
  public static List<GoldenRow> all() {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenRow.class.getResourceAsStream("/vectors/privacy-golden.tsv"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> new GoldenRow(line.split("\t", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String id() {
    return columns[0];
  }

  public String kind() {
    return columns[1];
  }

  public String quantity() {
    return columns[9];
  }

  double rdp() {
    return value(10);
  }

  double exact() {
    return value(16);
  }

  double pldHigh() {
    return value(12);
  }

  /** Proven lower bound of the truth; NaN where there is none. */
  double low() {
    double pld = value(11);
    double prv = value(13);
    return Double.isNaN(prv) ? pld : Double.isNaN(pld) ? prv : Math.max(pld, prv);
  }

  double pldLow() {
    return value(11);
  }

  double value(int column) {
    return number(column).orElse(Double.NaN);
  }

  OptionalDouble number(int column) {
    return switch (columns[column]) {
      case "-" -> OptionalDouble.empty();
      case "inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      default -> OptionalDouble.of(Double.parseDouble(columns[column]));
    };
  }

  /** The question that the row answers. */
  public AccountingRequest request(String accountant) {
    return new AccountingRequest(
        id(),
        accountant,
        kind(),
        columns[2].equals("-") ? Optional.empty() : Optional.of(columns[2]),
        number(3),
        number(4),
        number(5),
        number(6),
        number(7),
        columns[8].equals("-") ? "" : columns[8],
        quantity());
  }

  @Override
  public String toString() {
    return id();
  }
}
