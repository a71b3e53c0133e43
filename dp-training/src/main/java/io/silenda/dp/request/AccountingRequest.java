package io.silenda.dp.request;

import io.silenda.dp.accounting.Adjacency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One question: columns by name, {@code null}-free. Numbers that are not given are empty.
 *
 * @param id name that the answer repeats
 * @param accountant {@code rdp}, {@code pld} or {@code exact}
 * @param kind family of mechanism
 * @param adjacency neighbouring relation, absent where the kind has none
 * @param rate sampling rate, column {@code q}
 * @param sigma noise
 * @param steps compositions
 * @param delta target
 * @param records column {@code n}
 * @param extra further parameters {@code key=value;...}
 * @param quantity what is asked for
 */
public record AccountingRequest(
    String id,
    String accountant,
    String kind,
    Optional<String> adjacency,
    OptionalDouble rate,
    OptionalDouble sigma,
    OptionalDouble steps,
    OptionalDouble delta,
    OptionalDouble records,
    String extra,
    String quantity) {

  Adjacency adjacencyOrFail() {
    String name = adjacency.orElseThrow(() -> missing("adjacency"));
    try {
      return Adjacency.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "adjacency "
              + name
              + " is not add_remove, replace_one, replace_special or add_remove_user",
          e);
    }
  }

  double rateOrFail() {
    return rate.orElseThrow(() -> missing("q"));
  }

  double sigmaOrFail() {
    return sigma.orElseThrow(() -> missing("sigma"));
  }

  long stepsOrFail() {
    return whole("steps", steps.orElseThrow(() -> missing("steps")), 1_000_000_000_000L);
  }

  double deltaOrFail() {
    return delta.orElseThrow(() -> missing("delta"));
  }

  int recordsOrFail() {
    return (int) whole("n", records.orElseThrow(() -> missing("n")), Integer.MAX_VALUE);
  }

  double number(String key) {
    String text = text(key);
    try {
      double number = text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
      if (!text.equals("inf") && !Double.isFinite(number)) {
        throw new IllegalArgumentException("extra " + key + " " + text + " is out of range");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("extra " + key + " " + text + " is not a number", e);
    }
  }

  int integer(String key) {
    return (int) whole("extra " + key, number(key), Integer.MAX_VALUE);
  }

  String text(String key) {
    String value = parameters().get(key);
    if (value == null) {
      throw missing("extra " + key);
    }
    return value;
  }

  boolean has(String key) {
    return parameters().containsKey(key);
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : extra.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(part.substring(0, equals), part.substring(equals + 1));
      } else if (!part.isEmpty()) {
        parameters.put(part, "");
      }
    }
    return parameters;
  }

  private static long whole(String name, double value, long largest) {
    if (!(value >= 1 && value <= largest) || value != Math.rint(value)) {
      throw new IllegalArgumentException(
          name + " " + value + " is not a whole number from 1 to " + largest);
    }
    return (long) value;
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(name + " is missing");
  }
}
