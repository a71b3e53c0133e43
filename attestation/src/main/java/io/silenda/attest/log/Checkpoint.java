package io.silenda.attest.log;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The head of a log, signed: a C2SP {@code tlog-checkpoint} in a {@code signed-note}.
 *
 * <pre>
 * origin
 * size
 * base64 of the root
 *
 * — origin base64 of key id and signature
 * </pre>
 *
 * @param origin name of the log
 * @param size entries
 * @param root hash of the tree, 32 bytes
 */
public record Checkpoint(String origin, long size, byte[] root) {
  private static final int MAX_CHARACTERS = 1 << 16;
  private static final String SIGNATURE = "\u2014 ";

  /** Copies the root. */
  public Checkpoint {
    root = root.clone();
  }

  @Override
  public byte[] root() {
    return root.clone();
  }

  /** Reads and verifies a checkpoint; signatures of others are skipped. */
  public static Checkpoint verify(String note, LogKey key) throws AttestationException {
    int blank = note.indexOf("\n\n");
    if (note.length() > MAX_CHARACTERS || blank < 0) {
      throw bad("no signed note");
    }
    String body = note.substring(0, blank + 1);
    boolean signed = false;
    for (String line : note.substring(blank + 2).lines().toList()) {
      signed |= isSignature(line, key, body.getBytes(StandardCharsets.UTF_8));
    }
    if (!signed) {
      throw bad("no signature by the key of " + key.origin());
    }
    return parse(body, key);
  }

  /** What a log's owner signs. */
  static String body(String origin, long size, byte[] root) {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
  }

  /** A signature line for a body. */
  static String signatureLine(LogKey key, byte[] signature) {
    byte[] line = Arrays.copyOf(key.id(), 4 + signature.length);
    System.arraycopy(signature, 0, line, 4, signature.length);
    return SIGNATURE + key.origin() + " " + Base64.getEncoder().encodeToString(line) + "\n";
  }

  private static Checkpoint parse(String body, LogKey key) throws AttestationException {
    List<String> lines = body.lines().toList();
    if (lines.size() < 3 || !lines.get(0).equals(key.origin())) {
      throw bad("a checkpoint of another log");
    }
    if (!lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
      throw bad("a size that is no number");
    }
    byte[] root = decode(lines.get(2));
    if (root.length != MerkleHashes.BYTES) {
      throw bad("a root of " + root.length + " bytes");
    }
    return new Checkpoint(key.origin(), Long.parseLong(lines.get(1)), root);
  }

  private static boolean isSignature(String line, LogKey key, byte[] body)
      throws AttestationException {
    String prefix = SIGNATURE + key.origin() + " ";
    if (!line.startsWith(prefix)) {
      return false;
    }
    byte[] bytes = decode(line.substring(prefix.length()));
    return bytes.length > 4
        && Arrays.equals(Arrays.copyOf(bytes, 4), key.id())
        && key.verifies(body, Arrays.copyOfRange(bytes, 4, bytes.length));
  }

  private static byte[] decode(String base64) throws AttestationException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw bad("text that is no base64");
    }
  }

  private static AttestationException bad(String seen) {
    return new AttestationException(
        Reason.LOG_PROOF, "log-checkpoint", seen, "a checkpoint that the log signed");
  }
}
