package io.silenda.infer.enclave;

import io.silenda.attest.receipt.Receipt;
import io.silenda.infer.tensor.Tensor;

/**
 * An answer that a worker sealed to its asker.
 *
 * @param output the model's first float output, one row for each row sent
 * @param receipt what the worker states about it; its signature and hashes have been checked
 * @param receiptBundle the signed receipt and the evidence behind it, for {@code attest receipt}
 * @param requestBytes bytes that went to the host
 * @param responseBytes bytes that came back
 * @param sealMillis time to seal the request
 * @param roundTripMillis time from sending the request until the whole answer was there
 * @param openMillis time to open the answer
 */
public record EnclaveAnswer(
    Tensor output,
    Receipt receipt,
    byte[] receiptBundle,
    long requestBytes,
    long responseBytes,
    double sealMillis,
    double roundTripMillis,
    double openMillis) {
  /** Copies the bundle. */
  public EnclaveAnswer {
    receiptBundle = receiptBundle.clone();
  }

  @Override
  public byte[] receiptBundle() {
    return receiptBundle.clone();
  }
}
