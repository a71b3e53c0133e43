package io.silenda.attest.binding;

/** What evidence was asked for: evidence for one purpose is none for another. */
public enum Purpose {
  /** A session of the attested channel. */
  SESSION("silenda attested session v1"),
  /** The release of a key to a worker. */
  KEY_RELEASE("silenda key release v1");

  private final String label;

  Purpose(String label) {
    this.label = label;
  }

  /** The first item of what is hashed. */
  public String label() {
    return label;
  }
}
