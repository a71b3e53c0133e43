package io.silenda.infer.bundle;

import io.silenda.infer.bundle.BundleFormatException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The frame around a bundle's content: magic (8 bytes), version (2), kind (2), length of the
 * content (8), content, SHA-256 of all that comes before it (32). Numbers are big-endian.
 *
 * <p>The digest finds damage; it does not say who made the bundle.
 */
final class BundleFrame {
  static final int VERSION = 4;

  /** What is read: version 2 knew answers that stand once only, version 3 no flooding. */
  static final int OLDEST_VERSION = 2;

  static final int HEADER_BYTES = 20;
  static final int DIGEST_BYTES = 32;

  /** A bundle beyond this would not fit into one array; no network that can be run comes near. */
  static final long MAX_CONTENT_BYTES = 1L << 30;

  private static final byte[] MAGIC = "SILENDAB".getBytes(StandardCharsets.US_ASCII);

  private BundleFrame() {}

  /** Content with its frame. */
  static byte[] wrap(BundleKind kind, byte[] content) {
    if (content.length > MAX_CONTENT_BYTES) {
      throw new IllegalArgumentException(
          "content has " + content.length + " bytes, more than " + MAX_CONTENT_BYTES);
    }
    ByteBuffer frame =
        ByteBuffer.allocate(HEADER_BYTES + content.length + DIGEST_BYTES)
            .put(MAGIC)
            .putShort((short) VERSION)
            .putShort((short) kind.code())
            .putLong(content.length)
            .put(content);
    frame.put(sha256(frame.array(), frame.position()));
    return frame.array();
  }

  /** Content of a bundle file, and the version that wrote it. */
  @SuppressWarnings("ArrayRecordComponent") // Handed from here to its reader only.
  record Content(int version, byte[] bytes) {}

  /** Content of a bundle file of one kind. */
  static Content read(Path file, BundleKind kind) throws BundleFormatException {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file)) {
      throw new BundleFormatException(Reason.UNREADABLE, file + ": no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      long contentBytes = contentBytes(name, header, kind);
      long fileBytes = Files.size(file);
      if (fileBytes != HEADER_BYTES + contentBytes + DIGEST_BYTES) {
        throw wrongLength(name, fileBytes, HEADER_BYTES + contentBytes + DIGEST_BYTES);
      }
      byte[] frame = Arrays.copyOf(header, (int) fileBytes);
      int rest = in.readNBytes(frame, HEADER_BYTES, frame.length - HEADER_BYTES);
      if (rest != frame.length - HEADER_BYTES) {
        throw wrongLength(name, HEADER_BYTES + rest, frame.length);
      }
      return new Content(version(frame), unwrap(name, frame));
    } catch (IOException e) {
      throw new BundleFormatException(
          Reason.UNREADABLE, name + ": cannot be read: " + e.getMessage());
    }
  }

  private static long contentBytes(String name, byte[] header, BundleKind kind)
      throws BundleFormatException {
    if (header.length < HEADER_BYTES || !Arrays.equals(header, 0, 8, MAGIC, 0, 8)) {
      throw new BundleFormatException(Reason.NOT_A_BUNDLE, name + ": not a Silenda bundle");
    }
    int version = version(header);
    if (version < OLDEST_VERSION || version > VERSION) {
      throw version > VERSION
          ? new BundleFormatException(
              Reason.NEWER_VERSION,
              name + ": bundle version " + version + " is newer than this Silenda: update it")
          : new BundleFormatException(
              Reason.OLDER_VERSION,
              name + ": bundle version " + version + ": compile the model again with this Silenda");
    }
    ByteBuffer fields = ByteBuffer.wrap(header).position(MAGIC.length + Short.BYTES);
    int code = Short.toUnsignedInt(fields.getShort());
    if (code != kind.code()) {
      throw new BundleFormatException(
          Reason.WRONG_KIND, name + ": not a " + kind + " (kind " + code + ")");
    }
    long contentBytes = fields.getLong();
    if (contentBytes < 0 || contentBytes > MAX_CONTENT_BYTES) {
      throw new BundleFormatException(
          Reason.WRONG_LENGTH, name + ": claims " + Long.toUnsignedString(contentBytes) + " bytes");
    }
    return contentBytes;
  }

  private static int version(byte[] header) {
    return Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(MAGIC.length));
  }

  private static BundleFormatException wrongLength(String name, long bytes, long expected) {
    return new BundleFormatException(
        Reason.WRONG_LENGTH,
        name + ": has " + bytes + " bytes, its header says " + expected + ": cut or extended");
  }

  private static byte[] unwrap(String name, byte[] frame) throws BundleFormatException {
    int end = frame.length - DIGEST_BYTES;
    if (!Arrays.equals(sha256(frame, end), 0, DIGEST_BYTES, frame, end, frame.length)) {
      throw new BundleFormatException(
          Reason.CORRUPT, name + ": damaged: its digest does not match its content");
    }
    return Arrays.copyOfRange(frame, HEADER_BYTES, end);
  }

  static byte[] sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
