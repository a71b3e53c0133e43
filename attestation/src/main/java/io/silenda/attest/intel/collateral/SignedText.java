package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
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
    String text = collateral.text(name);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      // A lone surrogate would be signed as one character and read as another.
      throw new AttestationException(
          Reason.BAD_JSON, "collateral", name + " is no Unicode text", "text with a UTF-8 form");
    }
    return new SignedText(
        text,
        collateral.hex(name + "_signature", 64),
        collateral.text(name + "_issuer_chain").getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes that were signed. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
