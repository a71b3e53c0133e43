package io.silenda.bench.device;

/** Where the network is evaluated, and what travels. */
public enum Architecture {
  /** On the device, in the clear. */
  ON_DEVICE("plain, on the device"),
  /** On a server, in the clear. */
  PLAIN_OFFLOAD("plain cloud offload"),
  /** On a server, encrypted. */
  ENCRYPTED_OFFLOAD("encrypted offload (he)");

  private final String title;

  Architecture(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }
}
