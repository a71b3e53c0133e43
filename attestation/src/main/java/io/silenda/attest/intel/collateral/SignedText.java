package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * A JSON text with its signature and the chain of its signer.
 *
 * @param text the exact text that was signed
 * @param signature ECDSA P-256: r, s
 * @param issuerChainPem certificates of the signer, leaf first
 */
public record SignedText(String text, byte[] signature, byte[] issuerChainPem) {
  static SignedText of(JsonObject collateral, String name) throws AttestationException {
    return new SignedText(
        collateral.text(name),
        collateral.hex(name + "_signature", 64),
        collateral.text(name + "_issuer_chain").getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes that were signed. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
