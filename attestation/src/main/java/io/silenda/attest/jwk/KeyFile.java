package io.silenda.attest.jwk;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.StrictJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads a public key that stands alone in a file: a JWK, or PEM of type PUBLIC KEY. */
public final class KeyFile {
  private KeyFile() {}

  public static SubjectPublicKeyInfo parse(EndorsementFile file) throws AttestationException {
    String text = new String(file.bytes(), StandardCharsets.US_ASCII).strip();
    return text.startsWith("{")
        ? Jwk.publicKey(file.name(), StrictJson.parseObject(file.name(), file.bytes()))
        : pem(file.name(), text);
  }

  private static SubjectPublicKeyInfo pem(String name, String text) throws AttestationException {
    try (PemReader reader = new PemReader(new StringReader(text))) {
      PemObject object = reader.readPemObject();
      if (object != null && object.getType().equals("PUBLIC KEY")) {
        return SubjectPublicKeyInfo.getInstance(object.getContent());
      }
    } catch (IOException | RuntimeException e) {
      throw bad(name);
    }
    throw bad(name);
  }

  private static AttestationException bad(String name) {
    return new AttestationException(
        Reason.BAD_KEY, "key-file", name + " holds none", "a JWK or a PEM public key");
  }
}
