package io.silenda.attest.binding;

import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.hpke.HpkeConfiguration;
import io.silenda.attest.provider.ReportData;
import java.util.Arrays;

/**
 * A nonce, a worker and its keys: what evidence has to carry the hash of.
 *
 * @param purpose what for
 * @param nonce of the verifier, {@link #NONCE_BYTES} long
 * @param identity who
 * @param hpke the key that secrets may be sealed to
 * @param receiptKey COSE_Key of the key that signs receipts and introductions
 */
public record KeyBinding(
    Purpose purpose,
    byte[] nonce,
    WorkerIdentity identity,
    HpkeConfiguration hpke,
    byte[] receiptKey) {
  /** Length of a nonce. */
  public static final int NONCE_BYTES = 32;

  /** The longest COSE_Key that is carried. */
  static final int MAX_RECEIPT_KEY_BYTES = 256;

  private static final int ITEMS = 8;

  /** Checks and copies the arguments. */
  public KeyBinding {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException(
          "nonce: " + nonce.length + " bytes, must be " + NONCE_BYTES);
    }
    if (receiptKey.length < 1 || receiptKey.length > MAX_RECEIPT_KEY_BYTES) {
      throw new IllegalArgumentException(
          "receiptKey: " + receiptKey.length + " bytes, must be 1 to " + MAX_RECEIPT_KEY_BYTES);
    }
    nonce = nonce.clone();
    receiptKey = receiptKey.clone();
  }

  @Override
  public byte[] nonce() {
    return nonce.clone();
  }

  @Override
  public byte[] receiptKey() {
    return receiptKey.clone();
  }

  /** Deterministic CBOR (RFC 8949, section 4.2.1) of everything, in a fixed order. */
  byte[] encode() {
    CborEncoder out =
        new CborEncoder()
            .array(ITEMS)
            .text(purpose.label())
            .bytes(nonce)
            .bytes(identity.workerDigest())
            .bytes(hpke.encode())
            .bytes(receiptKey)
            .bytes(identity.modelDigest())
            .bytes(identity.policyDigest());
    identity.tlsKey().ifPresentOrElse(out::bytes, out::nothing);
    return out.toBytes();
  }

  /** The report data: SHA-512 of {@link #encode}, 64 bytes. */
  public byte[] reportData() {
    return Digests.SHA_512.hash(encode());
  }

  /**
   * What shorter fields carry, such as the qualifying data of a TPM: SHA-256 of the report data.
   */
  public byte[] shortReportData() {
    return ReportData.shortened(reportData());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyBinding that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }
}
