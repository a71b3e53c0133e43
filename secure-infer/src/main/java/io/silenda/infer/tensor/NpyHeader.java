package io.silenda.infer.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The dictionary in the header of a {@code .npy} file.
 *
 * @param descriptor element type; empty where it is no string (a structured type)
 * @param fortranOrder whether values are column-major
 * @param shape sizes of the axes
 */
record NpyHeader(Optional<String> descriptor, boolean fortranOrder, List<Long> shape) {

  /**
   * Parses the text of the header.
   *
   * @throws IllegalArgumentException with a one-line reason if it is malformed
   */
  static NpyHeader parse(String text) {
    return new Parser(text).parse();
  }

  /** A strict parser of the subset of Python's literals that the format uses. */
  private static final class Parser {
    private static final int MAX_AXES = 64;

    private final String text;
    private int position;
    private Optional<Optional<String>> descriptor = Optional.empty();
    private Optional<Boolean> fortranOrder = Optional.empty();
    private Optional<List<Long>> shape = Optional.empty();

    Parser(String text) {
      this.text = text;
    }

    NpyHeader parse() {
      expect('{');
      while (peek() != '}' && descriptor.map(d -> d.isPresent()).orElse(true)) {
        entry();
        if (peek() != ',') {
          break;
        }
        position++;
      }
      if (descriptor.isPresent() && descriptor.get().isEmpty()) {
        return new NpyHeader(Optional.empty(), false, List.of());
      }
      expect('}');
      requirePadding();
      return new NpyHeader(
          descriptor.orElseThrow(() -> missing("descr")),
          fortranOrder.orElseThrow(() -> missing("fortran_order")),
          shape.orElseThrow(() -> missing("shape")));
    }

    private void entry() {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> {
          requireAbsent(key, descriptor);
          descriptor = Optional.of(peek() == '[' ? Optional.empty() : Optional.of(string()));
        }
        case "fortran_order" -> {
          requireAbsent(key, fortranOrder);
          fortranOrder = Optional.of(bool());
        }
        case "shape" -> {
          requireAbsent(key, shape);
          shape = Optional.of(tuple());
        }
        default -> throw new IllegalArgumentException("the header has an unknown key");
      }
    }

    private String string() {
      char quote = peek();
      if (quote != '\'' && quote != '"') {
        throw unexpected();
      }
      int end = text.indexOf(quote, position + 1);
      if (end < 0) {
        throw new IllegalArgumentException("the header has an unterminated string");
      }
      String value = text.substring(position + 1, end);
      position = end + 1;
      return value;
    }

    private boolean bool() {
      peek();
      for (String word : new String[] {"True", "False"}) {
        if (text.startsWith(word, position)) {
          position += word.length();
          return word.equals("True");
        }
      }
      throw unexpected();
    }

    private List<Long> tuple() {
      expect('(');
      List<Long> sizes = new ArrayList<>();
      boolean closed = peek() == ')';
      while (!closed) {
        sizes.add(size());
        boolean comma = peek() == ',';
        if (comma) {
          position++;
        }
        closed = peek() == ')';
        if ((!comma && (!closed || sizes.size() == 1)) || sizes.size() > MAX_AXES) {
          throw unexpected();
        }
      }
      position++;
      return List.copyOf(sizes);
    }

    private long size() {
      peek();
      int start = position;
      while (position < text.length()
          && text.charAt(position) >= '0'
          && text.charAt(position) <= '9') {
        position++;
      }
      // 18 digits cannot overflow a long.
      if (position == start || position - start > 18) {
        throw unexpected();
      }
      return Long.parseLong(text.substring(start, position));
    }

    private char peek() {
      while (position < text.length() && text.charAt(position) == ' ') {
        position++;
      }
      return position < text.length() ? text.charAt(position) : '\0';
    }

    private void expect(char wanted) {
      if (peek() != wanted) {
        throw unexpected();
      }
      position++;
    }

    private void requirePadding() {
      peek();
      if (position != text.length() - 1 || text.charAt(position) != '\n') {
        throw new IllegalArgumentException(
            "the header must end in spaces and one newline after its dictionary");
      }
    }

    private IllegalArgumentException unexpected() {
      return new IllegalArgumentException("the header is malformed at byte " + position + " of it");
    }

    private static void requireAbsent(String key, Optional<?> value) {
      if (value.isPresent()) {
        throw new IllegalArgumentException("the header has the key '" + key + "' twice");
      }
    }

    private static IllegalArgumentException missing(String key) {
      return new IllegalArgumentException("the header lacks the key '" + key + "'");
    }
  }
}
