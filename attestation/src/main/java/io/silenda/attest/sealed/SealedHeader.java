package io.silenda.attest.sealed;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.encoding.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The public part of a container: {@value #SIZE_BYTES} bytes in front of its chunks, big-endian.
 *
 * <pre>
 *   8  magic "SILSEAL" 0      8  content length       32  previous head's digest
 *   2  format version         8  model version        32  salt
 *   2  suite                 32  model digest         32  tag: HMAC-SHA-256 of all before it
 *   4  chunk length
 * </pre>
 *
 * The tag's key comes from the model key and the salt, so that a header is of one key alone:
 * AES-GCM by itself commits to none. Parsing proves nothing; {@link SealedModel#open} does.
 * Immutable.
 */
public final class SealedHeader {
  /** Length of an encoded header. */
  public static final int SIZE_BYTES = 160;

  /** Shortest chunk. */
  public static final int MIN_CHUNK_BYTES = 1 << 12;

  /** Longest chunk, and so the most that is decrypted to read one byte. */
  public static final int MAX_CHUNK_BYTES = 1 << 20;

  static final int SALT_BYTES = 32;
  static final int TAG_BYTES = 32;
  static final int CHUNK_TAG_BYTES = 16;

  private static final byte[] MAGIC = "SILSEAL\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_LABEL =
      "silenda model head v1".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT_VERSION = 1;

  /** HKDF-SHA-256, HMAC-SHA-256, AES-256-GCM in the STREAM construction. */
  private static final int SUITE = 1;

  private static final long MAX_CHUNKS = 1L << 32;

  private final Fields fields;
  private final byte[] tag;

  /** All that the tag covers. The arrays belong to the header and are never handed out. */
  @SuppressWarnings("ArrayRecordComponent")
  record Fields(
      int chunkBytes,
      long contentBytes,
      long modelVersion,
      byte[] modelDigest,
      byte[] previousHead,
      byte[] salt) {

    byte[] encode() {
      return ByteBuffer.allocate(SIZE_BYTES - TAG_BYTES)
          .put(MAGIC)
          .putShort((short) FORMAT_VERSION)
          .putShort((short) SUITE)
          .putInt(chunkBytes)
          .putLong(contentBytes)
          .putLong(modelVersion)
          .put(modelDigest)
          .put(previousHead)
          .put(salt)
          .array();
    }
  }

  SealedHeader(Fields fields, byte[] tag) {
    this.fields = fields;
    this.tag = tag.clone();
  }

  /**
   * Reads a header.
   *
   * @throws AttestationException if {@code bytes} are not exactly one of this format
   */
  public static SealedHeader parse(byte[] bytes) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian("sealed model", bytes);
    if (!Arrays.equals(reader.bytes("magic", MAGIC.length), MAGIC)) {
      throw refusal(Reason.UNKNOWN_FORMAT, "other first bytes", "those of a sealed model");
    }
    int version = reader.u16("version");
    if (version != FORMAT_VERSION) {
      throw refusal(Reason.UNSUPPORTED_VERSION, "version " + version, "" + FORMAT_VERSION);
    }
    int suite = reader.u16("suite");
    if (suite != SUITE) {
      throw refusal(Reason.UNSUPPORTED_ALGORITHM, "suite " + suite, "" + SUITE);
    }
    Fields fields =
        new Fields(
            (int) inRange("chunk length", reader.u32("chunk"), MIN_CHUNK_BYTES, MAX_CHUNK_BYTES),
            inRange("content length", reader.u64("content length"), 1, Long.MAX_VALUE),
            inRange("model version", reader.u64("model version"), 1, Long.MAX_VALUE),
            reader.bytes("model digest", ModelHead.DIGEST_BYTES),
            reader.bytes("previous head", ModelHead.DIGEST_BYTES),
            reader.bytes("salt", SALT_BYTES));
    inRange("number of chunks", chunks(fields), 1, MAX_CHUNKS);
    byte[] tag = reader.bytes("tag", TAG_BYTES);
    reader.end();
    return new SealedHeader(fields, tag);
  }

  /** The header as it stands in the file. */
  public byte[] encode() {
    return ByteBuffer.allocate(SIZE_BYTES).put(fields.encode()).put(tag).array();
  }

  /** Bytes of content a chunk; the last one may have fewer. */
  public int chunkBytes() {
    return fields.chunkBytes;
  }

  /** Bytes of the model. */
  public long contentBytes() {
    return fields.contentBytes;
  }

  /** Counts up from 1 with every sealing of the model. */
  public long modelVersion() {
    return fields.modelVersion;
  }

  /** SHA-256 of the model. */
  public byte[] modelDigest() {
    return fields.modelDigest.clone();
  }

  /** What names this container. */
  public ModelHead head() {
    return new ModelHead(fields.modelVersion, Digests.SHA_256.hash(HEAD_LABEL, encode()));
  }

  /** Whether this header says that it follows {@code head} at once. */
  public boolean follows(ModelHead head) {
    return fields.modelVersion - 1 == head.modelVersion()
        && Arrays.equals(fields.previousHead, head.digest());
  }

  /** Number of chunks. */
  public long chunkCount() {
    return chunks(fields);
  }

  /** Bytes of the whole file; negative if no file can have as many. */
  long fileBytes() {
    return SIZE_BYTES + fields.contentBytes + chunkCount() * CHUNK_TAG_BYTES;
  }

  byte[] salt() {
    return fields.salt.clone();
  }

  byte[] tag() {
    return tag.clone();
  }

  byte[] authenticated() {
    return fields.encode();
  }

  private static long chunks(Fields fields) {
    return (fields.contentBytes - 1) / fields.chunkBytes + 1;
  }

  private static long inRange(String field, long value, long minimum, long maximum)
      throws AttestationException {
    if (value < minimum || value > maximum) {
      throw refusal(
          Reason.BAD_FIELD, field + " " + Long.toUnsignedString(value), minimum + " to " + maximum);
    }
    return value;
  }

  static AttestationException refusal(Reason reason, String seen, String wanted) {
    return new AttestationException(reason, "sealed-model", seen, wanted);
  }
}
