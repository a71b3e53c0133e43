package io.silenda.attest.sealed;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * A sealed model opened for reading, in any order, in memory of about one megabyte. Every byte that
 * it gives belongs to a chunk that was authenticated as a whole before, at its place, in this
 * container. Not thread-safe; whoever opens it closes it.
 */
public final class SealedModel implements AutoCloseable {
  private static final int READ_AHEAD_BYTES = 1 << 20;

  private final FileChannel channel;
  private final SealedHeader header;
  private final ContainerKeys keys;
  private final int sealedChunkBytes;
  private final byte[] sealed;
  private final byte[] content;
  private long firstRead;
  private int chunksRead;

  private SealedModel(FileChannel channel, SealedHeader header, ContainerKeys keys) {
    this.channel = channel;
    this.header = header;
    this.keys = keys;
    this.sealedChunkBytes = header.chunkBytes() + SealedHeader.CHUNK_TAG_BYTES;
    int ahead = Math.max(1, READ_AHEAD_BYTES / sealedChunkBytes);
    this.sealed = new byte[(int) Math.min(ahead, header.chunkCount()) * sealedChunkBytes];
    this.content = new byte[header.chunkBytes()];
  }

  /**
   * Opens a container, checking its header under {@code key} and its length.
   *
   * @throws AttestationException if the file is no container, of another key, altered, cut off or
   *     longer
   */
  public static SealedModel open(Path file, ModelKey key) throws IOException, AttestationException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      SealedHeader header = readHeader(channel);
      ContainerKeys keys = ContainerKeys.derive(key, header.salt());
      if (!MessageDigest.isEqual(header.tag(), keys.headerTag(header.authenticated()))) {
        throw SealedHeader.refusal(
            Reason.SEALED_HEADER, "a header of another tag", "the tag under this key");
      }
      requireLength(channel.size(), header.fileBytes());
      CipherWarmUp.before(header.contentBytes());
      return new SealedModel(channel, header, keys);
    } catch (IOException | AttestationException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The header of a container, unverified: for {@link LastSeenHead} and for whoever asks for a key.
   */
  public static SealedHeader peek(Path file) throws IOException, AttestationException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return readHeader(channel);
    }
  }

  /** The authenticated header. */
  public SealedHeader header() {
    return header;
  }

  /**
   * Fills {@code target} with content from {@code position} on.
   *
   * @throws IllegalArgumentException if it does not lie within the content
   * @throws IllegalStateException after {@link #close}
   * @throws AttestationException if a chunk was altered, moved, repeated or cut off; then what was
   *     put into {@code target} before is from chunks that were not
   */
  public void read(long position, ByteBuffer target) throws IOException, AttestationException {
    if (!channel.isOpen()) {
      throw new IllegalStateException("the sealed model is closed");
    }
    if (position < 0 || position > header.contentBytes() - target.remaining()) {
      throw new IllegalArgumentException(
          "position is "
              + position
              + ", must be in [0, "
              + (header.contentBytes() - target.remaining())
              + "]");
    }
    chunksRead = 0;
    long index = position / header.chunkBytes();
    int skip = (int) (position % header.chunkBytes());
    while (target.hasRemaining()) {
      int length = openChunk(index++, chunksFor(skip + (long) target.remaining()));
      int count = Math.min(length - skip, target.remaining());
      target.put(content, skip, count);
      skip = 0;
    }
  }

  /**
   * All of the content.
   *
   * @throws IllegalArgumentException if it does not fit into one array
   */
  public byte[] readAll() throws IOException, AttestationException {
    if (header.contentBytes() > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException(
          "the content has " + header.contentBytes() + " bytes, too many for an array");
    }
    byte[] all = new byte[(int) header.contentBytes()];
    read(0, ByteBuffer.wrap(all));
    return all;
  }

  /** Wipes buffers and closes the file; a second call does nothing. */
  @Override
  public void close() throws IOException {
    Arrays.fill(content, (byte) 0);
    channel.close();
  }

  private int chunksFor(long contentBytes) {
    long wanted = (contentBytes - 1) / header.chunkBytes() + 1;
    return (int) Math.min(wanted, sealed.length / sealedChunkBytes);
  }

  private int openChunk(long index, int ahead) throws IOException, AttestationException {
    if (index < firstRead || index >= firstRead + chunksRead) {
      readChunks(index, ahead);
    }
    boolean last = index == header.chunkCount() - 1;
    int length = last ? lastChunkBytes() : sealedChunkBytes;
    try {
      int from = (int) (index - firstRead) * sealedChunkBytes;
      return keys.open(index, last, sealed, from, length, content);
    } catch (GeneralSecurityException e) {
      throw SealedHeader.refusal(
          Reason.SEALED_CHUNK, "chunk " + index + " of another tag", "chunks as they were sealed");
    }
  }

  private int lastChunkBytes() {
    return (int) (header.contentBytes() - (header.chunkCount() - 1) * header.chunkBytes())
        + SealedHeader.CHUNK_TAG_BYTES;
  }

  private void readChunks(long index, int ahead) throws IOException, AttestationException {
    int count = (int) Math.min(ahead, header.chunkCount() - index);
    boolean last = index + count == header.chunkCount();
    int length = (count - 1) * sealedChunkBytes + (last ? lastChunkBytes() : sealedChunkBytes);
    ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, length);
    fill(channel, SealedHeader.SIZE_BYTES + index * sealedChunkBytes, buffer);
    firstRead = index;
    chunksRead = count;
  }

  private static SealedHeader readHeader(FileChannel channel)
      throws IOException, AttestationException {
    ByteBuffer bytes = ByteBuffer.allocate(SealedHeader.SIZE_BYTES);
    fill(channel, 0, bytes);
    return SealedHeader.parse(bytes.array());
  }

  private static void fill(FileChannel channel, long position, ByteBuffer target)
      throws IOException, AttestationException {
    long next = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, next);
      if (count < 0) {
        throw SealedHeader.refusal(
            Reason.TRUNCATED, "a file of " + channel.size() + " bytes", "more");
      }
      next += count;
    }
  }

  private static void requireLength(long seen, long wanted) throws AttestationException {
    if (seen != wanted) {
      Reason reason = wanted >= 0 && seen > wanted ? Reason.TRAILING_BYTES : Reason.TRUNCATED;
      throw SealedHeader.refusal(reason, seen + " bytes", Objects.toString(wanted));
    }
  }
}
