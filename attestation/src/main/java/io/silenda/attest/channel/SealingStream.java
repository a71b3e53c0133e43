package io.silenda.attest.channel;

import java.io.IOException;
import java.io.OutputStream;

/** Content on its way into a seal, until it is finished. Not thread-safe. */
abstract class SealingStream extends OutputStream {
  private final FrameWriter writer;
  private final String what;
  private boolean finished;

  /**
   * @param what is sealed, for messages
   */
  SealingStream(FrameWriter writer, String what) {
    this.writer = writer;
    this.what = what;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    requireUnfinished();
    writer.write(content, offset, length);
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("the " + what + " is finished");
    }
  }

  /** Ends the content; returns what it is sealed with from here on. */
  final FrameWriter end() {
    requireUnfinished();
    finished = true;
    return writer;
  }

  /** What is not finished is given up: whoever reads it refuses it. */
  @Override
  public void close() {
    // Also after an end that failed: the keys are wiped once more than is needed otherwise.
    writer.close();
    if (!finished) {
      finished = true;
      abandoned();
    }
  }

  /** Called once when the content is given up. */
  void abandoned() {}
}
