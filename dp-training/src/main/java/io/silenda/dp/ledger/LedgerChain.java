package io.silenda.dp.ledger;

import io.silenda.dp.ledger.LedgerException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Lines {@code number TAB fields... TAB sha256}: every digest covers the line and the digest before
 * it, so that no line can be changed, dropped, added or moved alone. Not thread-safe.
 */
final class LedgerChain {
  private static final String ORIGIN = "silenda-privacy-ledger-1";
  private static final int LONGEST_LINE = 1 << 20;

  private final List<List<String>> lines = new ArrayList<>();
  private String head = ORIGIN;

  /** Number of bytes of {@code content} that are whole lines. */
  static int wholeLines(byte[] content) {
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** Takes lines that were written after those already taken. */
  void accept(byte[] wholeLines) throws LedgerException {
    int start = 0;
    for (int i = 0; i < wholeLines.length; i++) {
      if (wholeLines[i] == '\n') {
        accept(new String(wholeLines, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      } else if (i - start > LONGEST_LINE) {
        throw corrupt("is too long");
      }
    }
  }

  /**
   * Takes what follows the last line's end. Where that is a whole next line but for its end, it
   * counts; where the end itself was changed, the file is damaged; what is less than a line was
   * never acknowledged.
   *
   * @return whether it counts
   */
  boolean acceptUnended(byte[] rest) throws LedgerException {
    if (isNext(rest, rest.length)) {
      accept(new String(rest, StandardCharsets.UTF_8));
      return true;
    }
    if (isNext(rest, rest.length - 1)) {
      throw corrupt("has a wrong end");
    }
    return false;
  }

  private boolean isNext(byte[] rest, int length) {
    if (length <= 0 || length > LONGEST_LINE) {
      return false;
    }
    try {
      copy().accept(new String(rest, 0, length, StandardCharsets.UTF_8));
      return true;
    } catch (LedgerException e) {
      return false;
    }
  }

  private LedgerChain copy() {
    LedgerChain copy = new LedgerChain();
    copy.lines.addAll(lines);
    copy.head = head;
    return copy;
  }

  private void accept(String line) throws LedgerException {
    int tab = line.lastIndexOf('\t');
    if (tab < 0) {
      throw corrupt("has no digest");
    }
    String body = line.substring(0, tab);
    String digest = digest(body);
    if (!MessageDigest.isEqual(
        digest.getBytes(StandardCharsets.US_ASCII),
        line.substring(tab + 1).getBytes(StandardCharsets.UTF_8))) {
      throw corrupt("does not match its digest");
    }
    List<String> fields = List.of(body.split("\t", -1));
    if (!fields.get(0).equals(String.valueOf(lines.size()))) {
      throw corrupt("has a wrong number");
    }
    lines.add(fields.subList(1, fields.size()));
    head = digest;
  }

  /**
   * The line that would come next, with its end; the chain itself stays as it is.
   *
   * @throws LedgerException if no reader would take the line
   */
  byte[] next(List<String> fields) throws LedgerException {
    String body = lines.size() + "\t" + String.join("\t", fields);
    byte[] line = (body + "\t" + digest(body) + "\n").getBytes(StandardCharsets.UTF_8);
    if (!isNext(line, line.length - 1)) {
      throw new LedgerException(
          Reason.NOT_ACCOUNTABLE,
          "an entry of " + line.length + " bytes cannot be recorded: at most " + LONGEST_LINE);
    }
    return line;
  }

  List<List<String>> lines() {
    return List.copyOf(lines);
  }

  LedgerException corrupt(String what) {
    return new LedgerException(
        Reason.CORRUPT,
        "ledger line " + (lines.size() + 1) + " " + what + ": nothing may be spent");
  }

  private String digest(String body) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((head + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
