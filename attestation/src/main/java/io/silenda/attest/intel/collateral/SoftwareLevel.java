package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.encoding.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A level of a quoting enclave or of a TDX module.
 *
 * @param isvSvn the lowest security version of the level
 * @param status its status
 * @param advisoryIds advisories that apply to it
 */
public record SoftwareLevel(int isvSvn, TcbStatus status, List<String> advisoryIds) {
  static List<SoftwareLevel> readAll(JsonObject owner) throws AttestationException {
    List<SoftwareLevel> levels = new ArrayList<>();
    for (JsonObject level : owner.objects("tcbLevels")) {
      levels.add(
          new SoftwareLevel(
              (int) level.object("tcb").integer("isvsvn", 0, 65535),
              Statuses.status(level, Statuses.OF_SOFTWARE),
              Statuses.advisories(level)));
    }
    return List.copyOf(levels);
  }

  /** The first level that {@code isvSvn} reaches; levels come highest first. */
  public static Optional<SoftwareLevel> match(List<SoftwareLevel> levels, int isvSvn) {
    return levels.stream().filter(level -> isvSvn >= level.isvSvn).findFirst();
  }
}
