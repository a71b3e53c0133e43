package io.silenda.attest.policy;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Values that a policy allows: a list, or anything.
 *
 * @param anything whether every value is allowed; then there is no list
 * @param values the list, sorted
 */
public record Allowed(boolean anything, SortedSet<String> values) {
  private static final Allowed ANYTHING = new Allowed(true, new TreeSet<>());
  private static final Allowed NOTHING = new Allowed(false, new TreeSet<>());

  /** Copies the list. */
  public Allowed {
    if (anything && !values.isEmpty()) {
      throw new IllegalArgumentException("values: " + values + " beside anything, must be empty");
    }
    values = new TreeSet<>(values);
  }

  /** Every value. */
  public static Allowed anyValue() {
    return ANYTHING;
  }

  /** No value. */
  public static Allowed nothing() {
    return NOTHING;
  }

  /** These values. */
  public static Allowed of(String... values) {
    return of(List.of(values));
  }

  /** These values. */
  public static Allowed of(Collection<String> values) {
    return new Allowed(false, new TreeSet<>(values));
  }

  @Override
  public SortedSet<String> values() {
    return new TreeSet<>(values);
  }

  /** Whether {@code value} is allowed. */
  public boolean accepts(String value) {
    return anything || values.contains(value);
  }

  /** Whether no value is. */
  public boolean isNothing() {
    return !anything && values.isEmpty();
  }

  /** As the text of a policy has it: {@code any} or {@code a or b}. */
  @Override
  public String toString() {
    return anything ? "any" : String.join(" or ", values);
  }
}
