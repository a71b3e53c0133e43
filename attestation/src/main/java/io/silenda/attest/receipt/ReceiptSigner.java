package io.silenda.attest.receipt;

import io.silenda.attest.cose.Ed25519Key;
import io.silenda.attest.cose.Ed25519Sign1;

/** Signs the receipts of one worker with a key that its evidence vouches for. Thread-safe. */
public final class ReceiptSigner implements AutoCloseable {
  private final Ed25519Sign1 signer = Ed25519Sign1.generate();

  /** The key that verifies, which belongs into the report data. */
  public Ed25519Key publicKey() {
    return signer.publicKey();
  }

  /** The receipt as COSE_Sign1. */
  public byte[] sign(Receipt receipt) {
    return signer.sign(ReceiptCodec.encode(receipt));
  }

  /** Signs something else than a receipt, which its content has to tell from one. */
  public byte[] signStatement(byte[] statement) {
    return signer.sign(statement);
  }

  @Override
  public void close() {
    signer.close();
  }
}
