package io.silenda.attest.policy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** Policies in either form. */
public final class PolicyFile {
  private PolicyFile() {}

  /** Reads a policy: JSON where it begins with a brace, text otherwise. */
  public static Policy parse(byte[] bytes) throws AttestationException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new AttestationException(Reason.BAD_POLICY, "policy", "nothing", "a policy");
    }
    return text.stripLeading().startsWith("{") ? PolicyJson.parse(bytes) : PolicyText.parse(text);
  }

  /** SHA-256 of the policy's canonical text, hex: the same for both forms of one policy. */
  public static String digest(Policy policy) {
    byte[] text = PolicyText.print(policy).getBytes(StandardCharsets.UTF_8);
    SHA256Digest digest = new SHA256Digest();
    digest.update(text, 0, text.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return HexFormat.of().formatHex(hash);
  }
}
