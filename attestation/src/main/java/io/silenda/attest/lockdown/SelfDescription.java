package io.silenda.attest.lockdown;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a worker found out about its own protection.
 *
 * @param missing protections that do not hold, each with what was seen instead
 */
public record SelfDescription(Map<Protection, String> missing) {
  private static final String HEADER = "silenda-worker-description 1";
  private static final int MAX_BYTES = 8192;

  /** Copies the map. */
  public SelfDescription {
    EnumMap<Protection, String> copy = new EnumMap<>(Protection.class);
    missing.forEach((protection, seen) -> copy.put(protection, seen.replaceAll("\\p{Cntrl}", " ")));
    missing = Collections.unmodifiableMap(copy);
  }

  /** Protections that hold. */
  public Set<Protection> present() {
    EnumSet<Protection> present = EnumSet.allOf(Protection.class);
    present.removeAll(missing.keySet());
    return present;
  }

  /** What the policy wants and does not hold, for people; empty where it is satisfied. */
  public Optional<String> violationOf(WorkerPolicy policy) {
    StringBuilder text = new StringBuilder();
    for (Protection each : policy.required()) {
      String seen = missing.get(each);
      if (seen != null) {
        text.append(text.isEmpty() ? "" : "; ").append(each.code()).append(": ").append(seen);
      }
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  /** The description as text, one missing protection a line. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    missing.forEach(
        (protection, seen) ->
            text.append(protection.code()).append('\t').append(seen).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws AttestationException with {@link Reason#BAD_FIELD} where it is anything else
   */
  public static SelfDescription parse(byte[] bytes) throws AttestationException {
    String[] lines =
        bytes.length > MAX_BYTES
            ? new String[0]
            : new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(HEADER) || !lines[lines.length - 1].isEmpty()) {
      throw bad();
    }
    EnumMap<Protection, String> missing = new EnumMap<>(Protection.class);
    for (int i = 1; i < lines.length - 1; i++) {
      String[] parts = lines[i].split("\t", -1);
      Protection protection = Protection.ofCode(parts[0]).orElseThrow(SelfDescription::bad);
      if (parts.length != 2 || missing.put(protection, parts[1]) != null) {
        throw bad();
      }
    }
    return new SelfDescription(missing);
  }

  private static AttestationException bad() {
    return new AttestationException(
        Reason.BAD_FIELD, "worker-description", "another text", HEADER + " and its lines");
  }
}
