package io.silenda.dp.ledger;

/** Text that fits between tabs on a line. */
final class Fields {
  private static final int LONGEST = 1000;

  private Fields() {}

  static String requirePlain(String name, String value) {
    if (value.isEmpty()
        || value.length() > LONGEST
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          name + " is not 1 to " + LONGEST + " characters without control characters");
    }
    return value;
  }
}
