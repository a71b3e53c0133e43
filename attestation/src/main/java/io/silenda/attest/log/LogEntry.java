package io.silenda.attest.log;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A release in the log: its name, and registers or digests by name. Its bytes are lines: a magic
 * word, the name, then one sorted {@code register value} each, so that there is one encoding only.
 *
 * @param name what was released, such as {@code silenda-worker 1.2.0}
 * @param values measured registers or digests, lower-case hex
 */
public record LogEntry(String name, SortedMap<String, String> values) {
  private static final String MAGIC = "silenda-release-v1";
  private static final int MAX_BYTES = 1 << 16;
  private static final Pattern NAME = Pattern.compile("[!-~]([ -~]{0,254}[!-~])?");
  private static final Pattern VALUE = Pattern.compile("[a-z0-9._-]{1,64} [0-9a-f]{1,256}");

  /** Checks and copies the arguments. */
  public LogEntry {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name: must be 1 to 256 printable ASCII characters");
    }
    values.forEach(
        (register, value) -> {
          if (!VALUE.matcher(register + " " + value).matches()) {
            throw new IllegalArgumentException(
                "values: " + register + " must be a name and lower-case hex");
          }
        });
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The bytes that the log hashes. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder(MAGIC).append('\n').append(name).append('\n');
    values.forEach(
        (register, value) -> text.append(register).append(' ').append(value).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads an entry; only the one encoding of {@link #toBytes} is accepted. */
  public static LogEntry parse(byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw bad(bytes.length + " bytes");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      List<String> lines = text.lines().toList();
      if (lines.size() < 2 || !lines.get(0).equals(MAGIC)) {
        throw bad("another kind of entry");
      }
      TreeMap<String, String> values = new TreeMap<>();
      for (String line : lines.subList(2, lines.size())) {
        int blank = line.indexOf(' ');
        values.put(line.substring(0, Math.max(blank, 0)), line.substring(blank + 1));
      }
      LogEntry entry = new LogEntry(lines.get(1), values);
      if (!Arrays.equals(entry.toBytes(), bytes)) {
        throw bad("an entry in another encoding");
      }
      return entry;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw bad("a malformed entry");
    }
  }

  private static AttestationException bad(String seen) {
    return new AttestationException(Reason.LOG_PROOF, "log-entry", seen, "a release");
  }
}
