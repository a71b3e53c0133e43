package io.silenda.attest.sealed;

import io.silenda.attest.encoding.Digests;
import io.silenda.attest.sealed.SealedHeader.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * Seals what is written to it, in one pass and bounded memory. The file appears at its place,
 * complete, with {@link #finish}; closing without that leaves nothing. Not thread-safe; whoever
 * opens it closes it.
 */
public final class SealedModelWriter extends OutputStream {
  /**
   * Bytes of content a chunk where nothing else is wanted. Java's AES-GCM is compiled to the
   * processor's instructions only after some thousand calls, so larger chunks are slower.
   */
  public static final int DEFAULT_CHUNK_BYTES = 1 << 14;

  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private final ModelHead previous;
  private final byte[] salt;
  private final ContainerKeys keys;
  private final MessageDigest digest;
  private final byte[] pending;
  private final byte[] sealed;
  private int pendingBytes;
  private long chunks;
  private long contentBytes;
  private boolean closed;

  private SealedModelWriter(Path target, ModelKey key, ModelHead previous, int chunkBytes)
      throws IOException {
    this.target = target.toAbsolutePath();
    this.partial = this.target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    this.previous = previous;
    this.salt = new byte[SealedHeader.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    this.keys = ContainerKeys.derive(key, salt);
    this.digest = Digests.SHA_256.newDigest();
    this.pending = new byte[chunkBytes];
    this.sealed = new byte[chunkBytes + SealedHeader.CHUNK_TAG_BYTES];
    this.channel =
        FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.position(SealedHeader.SIZE_BYTES);
  }

  /**
   * Starts the container that follows {@code previous} ({@link ModelHead#NONE} for the first).
   *
   * @param chunkBytes content a chunk, a power of two from {@value SealedHeader#MIN_CHUNK_BYTES} to
   *     {@value SealedHeader#MAX_CHUNK_BYTES}
   */
  public static SealedModelWriter open(
      Path target, ModelKey key, ModelHead previous, int chunkBytes) throws IOException {
    if (Integer.bitCount(chunkBytes) != 1
        || chunkBytes < SealedHeader.MIN_CHUNK_BYTES
        || chunkBytes > SealedHeader.MAX_CHUNK_BYTES) {
      throw new IllegalArgumentException(
          "chunkBytes is "
              + chunkBytes
              + ", must be a power of two from "
              + SealedHeader.MIN_CHUNK_BYTES
              + " to "
              + SealedHeader.MAX_CHUNK_BYTES);
    }
    return new SealedModelWriter(target, key, previous, chunkBytes);
  }

  /** Seals a file in chunks of {@value #DEFAULT_CHUNK_BYTES} bytes. */
  public static SealedHeader seal(Path model, Path target, ModelKey key, ModelHead previous)
      throws IOException {
    try (InputStream in = Files.newInputStream(model);
        SealedModelWriter out = open(target, key, previous, DEFAULT_CHUNK_BYTES)) {
      in.transferTo(out);
      return out.finish();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Adds content.
   *
   * @throws IllegalStateException after {@link #finish} or {@link #close}
   */
  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    requireOpen();
    digest.update(bytes, from, length);
    contentBytes += length;
    int position = from;
    int end = from + length;
    while (position < end) {
      // A full chunk waits for more: the last one is marked as such.
      if (pendingBytes == pending.length) {
        writeChunk(false);
      }
      int count = Math.min(end - position, pending.length - pendingBytes);
      System.arraycopy(bytes, position, pending, pendingBytes, count);
      pendingBytes += count;
      position += count;
    }
  }

  /**
   * Writes the last chunk and the header, and moves the file to its place.
   *
   * @return the header, which names the container
   * @throws IOException if it cannot be written or nothing was
   */
  public SealedHeader finish() throws IOException {
    requireOpen();
    if (contentBytes == 0) {
      throw new IOException(target + ": an empty model cannot be sealed");
    }
    writeChunk(true);
    Fields fields =
        new Fields(
            pending.length,
            contentBytes,
            Math.addExact(previous.modelVersion(), 1),
            digest.digest(),
            previous.digest(),
            salt);
    SealedHeader header = new SealedHeader(fields, keys.headerTag(fields.encode()));
    channel.position(0);
    writeAll(ByteBuffer.wrap(header.encode()));
    channel.force(true);
    channel.close();
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    close();
    return header;
  }

  /** Removes what is unfinished and wipes buffers; a second call does nothing. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      Arrays.fill(pending, (byte) 0);
      channel.close();
      Files.deleteIfExists(partial);
    }
  }

  private void writeChunk(boolean last) throws IOException {
    try {
      int length = keys.seal(chunks, last, pending, pendingBytes, sealed);
      writeAll(ByteBuffer.wrap(sealed, 0, length));
    } catch (GeneralSecurityException e) {
      throw new IOException(target + ": cannot be sealed", e);
    }
    chunks++;
    pendingBytes = 0;
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the container is closed");
    }
  }
}
