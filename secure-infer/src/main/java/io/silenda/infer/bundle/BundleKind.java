package io.silenda.infer.bundle;

/** The two kinds of bundles. */
enum BundleKind {
  CLIENT(1, "client bundle"),
  SERVER(2, "server bundle");

  private final int code;
  private final String text;

  BundleKind(int code, String text) {
    this.code = code;
    this.text = text;
  }

  int code() {
    return code;
  }

  @Override
  public String toString() {
    return text;
  }
}
