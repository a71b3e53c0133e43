package io.silenda.attest.release;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lines that only grows, forced to the disk line by line, with a lock against a second
 * writer. A last line without an end was torn by a crash before anything was made of it, and is cut
 * off. Not thread-safe.
 */
final class FileJournal implements Journal {
  private static final int MAX_BYTES = 256 << 20;

  private final FileChannel channel;

  private FileJournal(FileChannel channel) {
    this.channel = channel;
  }

  static FileJournal open(Path file) throws IOException {
    boolean made = Files.notExists(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      if (made) {
        forceFolder(file);
      }
      return new FileJournal(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(file + ": in use by this process", e);
    }
    throw new IOException(file + ": in use by another process");
  }

  /** A new file is there after a crash only once its folder is on the disk. */
  private static void forceFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
        handle.force(true);
      }
    }
  }

  /** Every whole line; cuts off what a crash has left behind the last one. */
  List<String> lines() throws IOException {
    long size = channel.size();
    if (size > MAX_BYTES) {
      throw new IOException("a log of " + size + " bytes, more than " + MAX_BYTES);
    }
    ByteBuffer content = ByteBuffer.allocate((int) size);
    while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
      // read on
    }
    // One character a byte, so that positions in the text are positions in the file.
    String text = new String(content.array(), 0, content.position(), StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    cut(start);
    return lines;
  }

  private void cut(long wholeBytes) throws IOException {
    if (wholeBytes < channel.size()) {
      channel.truncate(wholeBytes);
      channel.force(true);
    }
    channel.position(wholeBytes);
  }

  @Override
  public void append(byte[] line) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
