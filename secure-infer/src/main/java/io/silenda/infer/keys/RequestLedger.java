package io.silenda.infer.keys;

import io.silenda.he.wire.RequestId;
import io.silenda.infer.RequestTicket;
import io.silenda.infer.keys.KeyFileException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The requests that were made with a key, one line each: an answer to any other request is refused.
 * Nothing in it is secret. Several threads and processes may add at once.
 */
public final class RequestLedger {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{16})([0-9a-f]{16}) ([1-9][0-9]{0,8}) ([1-9][0-9]{0,8})");

  private final Path file;

  /** A ledger in a file, which need not be there yet. */
  public RequestLedger(Path file) {
    this.file = file;
  }

  /**
   * Adds a request; when this returns, it is on the disk.
   *
   * @throws IOException if the file cannot be written
   */
  public void add(RequestTicket ticket) throws IOException {
    String line = "%s %d %d".formatted(ticket.requestId(), ticket.rows(), ticket.rowsPerPart());
    // File locks are between processes, and refuse a second thread of one.
    synchronized (RequestLedger.class) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        FileLock lock = channel.lock();
        try {
          append(channel, line);
        } finally {
          lock.release();
        }
      }
    }
  }

  private static void append(FileChannel channel, String line) throws IOException {
    channel.position(channel.size());
    // Should a crash have left part of a line, it ends here, and is skipped when it is read.
    String start = channel.size() > 0 ? "\n" : "";
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(start + line);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  /**
   * Finds a request.
   *
   * @throws KeyFileException if the ledger cannot be read
   */
  public Optional<RequestTicket> find(RequestId requestId) throws KeyFileException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String id = requestId.toString();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(id))
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(RequestLedger::ticket)
          .findFirst();
    } catch (IOException e) {
      throw new KeyFileException(
          Reason.UNREADABLE, file.getFileName() + ": cannot be read: " + e.getMessage());
    }
  }

  private static RequestTicket ticket(Matcher line) {
    RequestId id =
        new RequestId(
            Long.parseUnsignedLong(line.group(1), 16), Long.parseUnsignedLong(line.group(2), 16));
    return new RequestTicket(id, Integer.parseInt(line.group(3)), Integer.parseInt(line.group(4)));
  }
}
