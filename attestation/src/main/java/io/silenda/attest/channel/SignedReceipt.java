package io.silenda.attest.channel;

import io.silenda.attest.receipt.Receipt;

/**
 * A receipt that was verified, and the message that proves it to others.
 *
 * @param receipt what it says
 * @param bytes COSE_Sign1
 */
public record SignedReceipt(Receipt receipt, byte[] bytes) {
  /** Copies the message. */
  public SignedReceipt {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
