package io.silenda.dp.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a label may be: declared in public, never found in the rows. */
public sealed interface Labels {
  /** The number that stands for a label's text, if the label is allowed. */
  OptionalDouble parse(String text);

  /** What is allowed, for messages. */
  String allowed();

  /** Whole numbers from zero. */
  record Numbered(int classes) implements Labels {
    /** Checks the range. */
    public Numbered {
      if (classes < 2 || classes > 1_000_000) {
        throw new IllegalArgumentException("classes " + classes + " is not from 2 to 1000000");
      }
    }

    @Override
    public OptionalDouble parse(String text) {
      try {
        double value = Double.parseDouble(text);
        return value >= 0 && value < classes && value == Math.rint(value)
            ? OptionalDouble.of(value)
            : OptionalDouble.empty();
      } catch (NumberFormatException e) {
        return OptionalDouble.empty();
      }
    }

    @Override
    public String allowed() {
      return "a whole number from 0 to " + (classes - 1);
    }
  }

  /** Names, numbered in their order. */
  final class Named implements Labels {
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Two different names at least. */
    public Named(List<String> names) {
      this.names = List.copyOf(names);
      for (String name : this.names) {
        numbers.put(name, numbers.size());
      }
      if (names.size() < 2 || numbers.size() != names.size()) {
        throw new IllegalArgumentException("names are not two or more different ones");
      }
    }

    /** The names in order. */
    public List<String> names() {
      return names;
    }

    @Override
    public OptionalDouble parse(String text) {
      Integer number = numbers.get(text);
      return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", names);
    }
  }

  /** A number to predict, inside a public range. */
  record Target(double minimum, double maximum) implements Labels {
    /** Checks the order. */
    public Target {
      if (!(minimum < maximum) || Double.isInfinite(maximum - minimum)) {
        throw new IllegalArgumentException(
            "minimum " + minimum + " and maximum " + maximum + " are not a finite range");
      }
    }

    @Override
    public OptionalDouble parse(String text) {
      try {
        double value = Double.parseDouble(text);
        return value >= minimum && value <= maximum
            ? OptionalDouble.of(value)
            : OptionalDouble.empty();
      } catch (NumberFormatException e) {
        return OptionalDouble.empty();
      }
    }

    @Override
    public String allowed() {
      return "a number from " + minimum + " to " + maximum;
    }
  }
}
