package io.silenda.dp.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Members of one object of a job file. Each is taken by name; {@link #done} refuses what nobody
 * took. Every refusal names the member's path, what was seen and what is allowed.
 */
final class Members {
  private static final int LONGEST_SHOWN = 60;

  private final String path;
  private final JsonNode node;
  private final Set<String> known = new LinkedHashSet<>();

  Members(String path, JsonNode node) throws JobException {
    if (!node.isObject()) {
      throw JobException.member(path.isEmpty() ? "job" : path, shown(node), "an object");
    }
    this.path = path;
    this.node = node;
  }

  /** Full name of a member. */
  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    known.add(name);
    return node.hasNonNull(name);
  }

  Members object(String name) throws JobException {
    return new Members(path(name), required(name, "an object"));
  }

  Optional<Members> optionalObject(String name) throws JobException {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /** Objects of a list, which must not be empty. */
  List<Members> objects(String name) throws JobException {
    JsonNode list = required(name, "a list of objects");
    if (!list.isArray() || list.isEmpty()) {
      throw JobException.member(path(name), shown(list), "a list of objects");
    }
    List<Members> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(new Members(path(name) + "[" + i + "]", list.get(i)));
    }
    return objects;
  }

  String text(String name) throws JobException {
    JsonNode value = required(name, "text");
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw JobException.member(path(name), shown(value), "text");
    }
    return value.textValue();
  }

  Optional<String> optionalText(String name) throws JobException {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  List<String> texts(String name) throws JobException {
    JsonNode list = required(name, "a list of texts");
    List<String> texts = new ArrayList<>();
    for (JsonNode each : list) {
      texts.add(each.asText());
    }
    if (!list.isArray() || list.isEmpty() || texts.contains("")) {
      throw JobException.member(path(name), shown(list), "a list of texts");
    }
    return texts;
  }

  List<Integer> sizes(String name) throws JobException {
    JsonNode list = required(name, "a list of sizes");
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode each : list) {
      if (!each.isIntegralNumber() || each.asLong() < 1 || each.asLong() > 1 << 24) {
        throw JobException.member(path(name), shown(list), "a list of sizes");
      }
      sizes.add(each.intValue());
    }
    if (!list.isArray() || list.isEmpty()) {
      throw JobException.member(path(name), shown(list), "a list of sizes");
    }
    return sizes;
  }

  /** A number in the range, which may be open at its lower end. */
  double number(String name, Range range) throws JobException {
    JsonNode value = required(name, range.toString());
    // YAML 1.1 takes 1e-5 for text, people do not.
    double number = value.isTextual() ? parsed(value.textValue()) : value.asDouble(Double.NaN);
    if (!range.contains(number)) {
      throw JobException.member(path(name), shown(value), range.toString());
    }
    return number;
  }

  double number(String name, Range range, double otherwise) throws JobException {
    return has(name) ? number(name, range) : otherwise;
  }

  List<Double> numbers(String name, Range range) throws JobException {
    JsonNode list = required(name, "a list of numbers");
    List<Double> numbers = new ArrayList<>();
    for (JsonNode each : list) {
      numbers.add(each.asDouble(Double.NaN));
    }
    if (!list.isArray() || list.isEmpty() || !numbers.stream().allMatch(range::contains)) {
      throw JobException.member(path(name), shown(list), "a list, each " + range);
    }
    return numbers;
  }

  int whole(String name, int low, int high) throws JobException {
    String allowed = "a whole number from " + low + " to " + high;
    JsonNode value = required(name, allowed);
    if (!value.isIntegralNumber() || value.asLong() < low || value.asLong() > high) {
      throw JobException.member(path(name), shown(value), allowed);
    }
    return value.intValue();
  }

  int whole(String name, int low, int high, int otherwise) throws JobException {
    return has(name) ? whole(name, low, high) : otherwise;
  }

  long seed(String name) throws JobException {
    JsonNode value = required(name, "a whole number");
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw JobException.member(path(name), shown(value), "a whole number");
    }
    return value.longValue();
  }

  boolean flag(String name, boolean otherwise) throws JobException {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode value = node.get(name);
    if (!value.isBoolean()) {
      throw JobException.member(path(name), shown(value), "true or false");
    }
    return value.booleanValue();
  }

  /** A constant of an enum, spelled with hyphens. */
  <E extends Enum<E>> E choice(String name, Class<E> type) throws JobException {
    List<String> allowed = new ArrayList<>();
    JsonNode value = required(name, "one of " + spelled(type));
    for (E each : type.getEnumConstants()) {
      if (spelled(each).equals(value.asText())) {
        return each;
      }
      allowed.add(spelled(each));
    }
    throw JobException.member(path(name), shown(value), String.join(", ", allowed));
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) throws JobException {
    return has(name) ? choice(name, type) : otherwise;
  }

  /** Refuses a value that is well-formed and makes no sense. */
  JobException refuse(String name, String allowed) {
    JsonNode value = node.get(name);
    return JobException.member(path(name), value == null ? "nothing" : shown(value), allowed);
  }

  /** Refuses members that were never asked for. */
  void done() throws JobException {
    for (var fields = node.fieldNames(); fields.hasNext(); ) {
      String name = fields.next();
      if (!known.contains(name)) {
        throw new JobException(
            JobException.Reason.MEMBER,
            path(shown(name)) + ": unknown member, allowed: " + String.join(", ", known));
      }
    }
  }

  private JsonNode required(String name, String allowed) throws JobException {
    known.add(name);
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw JobException.member(path(name), "nothing", allowed);
    }
    return value;
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String spelled(Class<? extends Enum<?>> type) {
    List<String> names = new ArrayList<>();
    for (Enum<?> each : type.getEnumConstants()) {
      names.add(spelled(each));
    }
    return String.join(", ", names);
  }

  private static String shown(JsonNode value) {
    return value.isContainerNode()
        ? (value.isArray() ? "a list" : "an object")
        : shown(value.asText());
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain;
  }
}
