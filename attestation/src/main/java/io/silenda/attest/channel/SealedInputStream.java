package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The content of a sealed body as a stream. Not thread-safe. */
final class SealedInputStream extends InputStream {
  /** What is checked once the final frame has been read. */
  interface End {
    void reached(byte[] trailer, byte[] contentHash) throws AttestationException;
  }

  private final FrameReader reader;
  private final End end;
  private int position;
  private int left;
  private boolean ended;
  private Optional<AttestationException> broken = Optional.empty();

  private SealedInputStream(FrameReader reader, End end) {
    this.reader = reader;
    this.end = end;
  }

  /** Opens the first frame, so that whatever stands before it has been authenticated. */
  static SealedInputStream open(FrameReader reader, End end)
      throws IOException, AttestationException {
    SealedInputStream stream = new SealedInputStream(reader, end);
    try {
      stream.advance();
      return stream;
    } catch (AttestationException | IOException e) {
      stream.close();
      throw e;
    }
  }

  /** Everything that is left, of a body in memory. */
  byte[] readContent() throws AttestationException {
    try {
      MessageBuffer out = new MessageBuffer(left + (long) reader.available());
      while (!ended) {
        out.write(reader.buffer(), position, left);
        advance();
      }
      return out.toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  boolean isEnded() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (left == 0 && !ended) {
        advance();
      }
    } catch (AttestationException e) {
      throw new SealedBodyException(e);
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, left);
    System.arraycopy(reader.buffer(), position, target, offset, count);
    position += count;
    left -= count;
    return count;
  }

  /** Nothing is read behind a frame that was refused. */
  private void advance() throws IOException, AttestationException {
    if (broken.isPresent()) {
      throw broken.get();
    }
    try {
      advanceUnbroken();
    } catch (AttestationException e) {
      broken = Optional.of(e);
      throw e;
    }
  }

  private void advanceUnbroken() throws IOException, AttestationException {
    left = 0;
    if (reader.next()) {
      position = reader.offset();
      left = reader.count();
      return;
    }
    end.reached(reader.trailer(), reader.contentHash());
    ended = true;
  }

  @Override
  public void close() {
    reader.close();
  }
}
