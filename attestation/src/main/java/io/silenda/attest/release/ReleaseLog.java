package io.silenda.attest.release;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The durable, hash-chained record of releases, written ahead of each. Any change of what is in it
 * is found when it is opened; that its last lines were taken away shows only to whoever kept its
 * {@link #head}. Thread-safe; one process at a time.
 */
public final class ReleaseLog implements AutoCloseable {
  private final Journal journal;
  private long sequence;
  private String head;
  private boolean failed;

  ReleaseLog(Journal journal, long sequence, String head) {
    this.journal = journal;
    this.sequence = sequence;
    this.head = head;
  }

  /**
   * Opens a log, which is made if it is missing, and checks all of it.
   *
   * @throws AttestationException {@link Reason#RELEASE_LOG} where it was altered
   * @throws IOException where it cannot be read, or another process has it
   */
  public static ReleaseLog open(Path file) throws IOException, AttestationException {
    FileJournal journal = FileJournal.open(file);
    try {
      List<ReleaseLine> lines = verify(journal.lines());
      String head = lines.isEmpty() ? ReleaseLine.NO_LINE : lines.get(lines.size() - 1).hash();
      return new ReleaseLog(journal, lines.size(), head);
    } catch (AttestationException | IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Everything that the log in {@code file} holds, in order, once its chain has been checked.
   *
   * @throws AttestationException {@link Reason#RELEASE_LOG} where it was altered
   */
  public static List<Release> read(Path file) throws IOException, AttestationException {
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (FileJournal journal = FileJournal.open(file)) {
      return verify(journal.lines()).stream().map(ReleaseLine::release).toList();
    }
  }

  private static List<ReleaseLine> verify(List<String> lines) throws AttestationException {
    String previous = ReleaseLine.NO_LINE;
    List<ReleaseLine> read = new ArrayList<>();
    for (String text : lines) {
      ReleaseLine line = ReleaseLine.parse(text);
      if (line.sequence() != read.size() + 1L || !line.previous().equals(previous)) {
        throw ReleaseLine.altered("line " + line.sequence() + " after " + read.size());
      }
      previous = line.hash();
      read.add(line);
    }
    return read;
  }

  /** Hash of the last line, hex: who keeps it elsewhere can tell a shortened log. */
  public synchronized String head() {
    return head;
  }

  /** Releases so far. */
  public synchronized long size() {
    return sequence;
  }

  /**
   * Records a release that is about to happen.
   *
   * @throws AttestationException {@link Reason#RELEASE_LOG} where that is not certain to be on the
   *     disk; from then on nothing is recorded until the log is opened again
   */
  synchronized void append(Release release) throws AttestationException {
    if (failed) {
      throw unwritten("a log that failed before");
    }
    ReleaseLine line = new ReleaseLine(sequence + 1, head, release);
    failed = true;
    try {
      journal.append((line.text() + '\n').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritten("a line that could not be written");
    }
    failed = false;
    sequence++;
    head = line.hash();
  }

  private static AttestationException unwritten(String seen) {
    return new AttestationException(
        Reason.RELEASE_LOG, "release-log", seen, "a record before each release");
  }

  @Override
  public synchronized void close() throws IOException {
    failed = true;
    journal.close();
  }
}
