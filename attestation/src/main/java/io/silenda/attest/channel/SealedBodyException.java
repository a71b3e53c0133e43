package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import java.io.IOException;

/** A sealed body that was refused while it was read; what had been read so far is incomplete. */
public final class SealedBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final AttestationException refusal;

  SealedBodyException(AttestationException refusal) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
  }

  /** Why. */
  public AttestationException refusal() {
    return refusal;
  }
}
