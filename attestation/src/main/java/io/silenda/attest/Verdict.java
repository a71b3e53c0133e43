package io.silenda.attest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The decision on one piece of evidence.
 *
 * @param format the format of the evidence
 * @param accepted whether the evidence may be relied upon
 * @param reason the first check that failed; {@link Reason#NONE} where accepted
 * @param explanation one line for people
 * @param checks every check in the order it was made
 * @param tcbStatus the evaluated status, where there is one
 * @param advisoryIds advisories that apply
 * @param measured signed measurements; of refused evidence, at most what it claims
 * @param simulated whether no hardware stands behind the evidence, as far as that is known
 */
public record Verdict(
    String format,
    boolean accepted,
    Reason reason,
    String explanation,
    List<Check> checks,
    Optional<TcbStatus> tcbStatus,
    SortedSet<String> advisoryIds,
    Map<String, String> measured,
    boolean simulated) {
  /** Copies the collections. */
  public Verdict {
    if (accepted != (reason == Reason.NONE)) {
      throw new IllegalArgumentException("reason: " + reason + " with accepted = " + accepted);
    }
    checks = List.copyOf(checks);
    advisoryIds = new TreeSet<>(advisoryIds);
    measured = new LinkedHashMap<>(measured);
  }

  @Override
  public SortedSet<String> advisoryIds() {
    return new TreeSet<>(advisoryIds);
  }

  @Override
  public Map<String, String> measured() {
    return new LinkedHashMap<>(measured);
  }
}
