package io.silenda.attest.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An object of a JSON document whose members are read by name and type, or refused. Immutable. */
public final class JsonObject {
  private final String path;
  private final JsonNode node;

  private JsonObject(String path, JsonNode node) {
    this.path = path;
    this.node = node;
  }

  static JsonObject of(String path, JsonNode node) throws AttestationException {
    if (!node.isObject()) {
      throw bad(path, "a " + typeOf(node), "an object");
    }
    return new JsonObject(path, node);
  }

  /** Where this object stands, for refusals. */
  public String path() {
    return path;
  }

  /** Names of the members, in order. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Whether there is a member of that name that is not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** The text of a member. */
  public String text(String name) throws AttestationException {
    JsonNode member = member(name);
    if (!member.isTextual()) {
      throw bad(path + "." + name, "a " + typeOf(member), "a string");
    }
    return member.textValue();
  }

  /** The text of a member, if there is one. */
  public Optional<String> optionalText(String name) throws AttestationException {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** A member that is an integer from {@code low} to {@code high}. */
  public long integer(String name, long low, long high) throws AttestationException {
    return integer(path + "." + name, member(name), low, high);
  }

  /** A member that is true or false. */
  public boolean bool(String name) throws AttestationException {
    JsonNode member = member(name);
    if (!member.isBoolean()) {
      throw bad(path + "." + name, "a " + typeOf(member), "true or false");
    }
    return member.booleanValue();
  }

  /** A member that is hex of {@code length} bytes, in either case. */
  public byte[] hex(String name, int length) throws AttestationException {
    byte[] bytes = hex(name);
    if (bytes.length != length) {
      throw bad(path + "." + name, bytes.length + " bytes", length + " bytes");
    }
    return bytes;
  }

  /** A member that is hex, in either case. */
  public byte[] hex(String name) throws AttestationException {
    String text = text(name);
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw bad(path + "." + name, "no hex", "hex");
    }
  }

  /** A member that is an instant in UTC, such as {@code 2025-07-04T10:28:44Z}. */
  public Instant instant(String name) throws AttestationException {
    String text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw bad(path + "." + name, text, "a time such as 2025-07-04T10:28:44Z");
    }
  }

  /** A member that is an object. */
  public JsonObject object(String name) throws AttestationException {
    return of(path + "." + name, member(name));
  }

  /** A member that is a list of objects. */
  public List<JsonObject> objects(String name) throws AttestationException {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      objects.add(of(path + "." + name + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** A member that is a list of strings. */
  public List<String> texts(String name) throws AttestationException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw bad(path + "." + name, "a list with a " + typeOf(element), "a list of strings");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** A member that is a list of integers from {@code low} to {@code high}. */
  public List<Long> integers(String name, long low, long high) throws AttestationException {
    List<Long> integers = new ArrayList<>();
    for (JsonNode element : array(name)) {
      integers.add(integer(path + "." + name, element, low, high));
    }
    return integers;
  }

  /** Refuses members that are not among {@code known}. */
  public void onlyMembers(Set<String> known) throws AttestationException {
    for (String name : names()) {
      if (!known.contains(name)) {
        throw bad(path, "member " + name, "one of " + String.join(", ", known));
      }
    }
  }

  private static long integer(String where, JsonNode member, long low, long high)
      throws AttestationException {
    if (!member.isIntegralNumber() || !member.canConvertToLong()) {
      throw bad(where, "a " + typeOf(member), "an integer");
    }
    long value = member.longValue();
    if (value < low || value > high) {
      throw bad(where, Long.toString(value), low + " to " + high);
    }
    return value;
  }

  private JsonNode array(String name) throws AttestationException {
    JsonNode member = member(name);
    if (!member.isArray()) {
      throw bad(path + "." + name, "a " + typeOf(member), "a list");
    }
    return member;
  }

  private JsonNode member(String name) throws AttestationException {
    JsonNode member = node.get(name);
    if (member == null || member.isNull()) {
      throw new AttestationException(
          Reason.MISSING_FIELD, "structure", path + " without " + name, "member " + name);
    }
    return member;
  }

  private static String typeOf(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static AttestationException bad(String where, String seen, String wanted) {
    return new AttestationException(Reason.BAD_JSON, "structure", where + ": " + seen, wanted);
  }
}
