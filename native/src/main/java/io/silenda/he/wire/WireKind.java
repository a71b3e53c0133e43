package io.silenda.he.wire;

import io.silenda.he.wire.WireFormatException.Reason;

/** What a frame holds. */
public enum WireKind {
  /** Encryption parameters. */
  PARAMETERS(1, "parameters"),
  /** A secret key. */
  SECRET_KEY(2, "a secret key"),
  /** A public key. */
  PUBLIC_KEY(3, "a public key"),
  /** Evaluation keys with their public key. */
  EVALUATION_KEYS(4, "evaluation keys"),
  /** One part of an encrypted request. */
  REQUEST(5, "a request"),
  /** One part of an encrypted response. */
  RESPONSE(6, "a response");

  private final int code;
  private final String text;

  WireKind(int code, String text) {
    this.code = code;
    this.text = text;
  }

  int code() {
    return code;
  }

  boolean isCiphertext() {
    return this == REQUEST || this == RESPONSE;
  }

  static WireKind ofCode(int code) throws WireFormatException {
    for (WireKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new WireFormatException(Reason.UNKNOWN_KIND, "frames of kind " + code + " do not exist");
  }

  @Override
  public String toString() {
    return text;
  }
}
