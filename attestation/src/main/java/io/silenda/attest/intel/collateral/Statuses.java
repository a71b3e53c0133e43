package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.encoding.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Status and advisories of a level. */
final class Statuses {
  /** What a level of a platform may say: all but what is computed. */
  static final Set<TcbStatus> OF_PLATFORM =
      EnumSet.complementOf(
          EnumSet.of(
              TcbStatus.TD_RELAUNCH_ADVISED,
              TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED,
              TcbStatus.NO_MATCHING_LEVEL));

  /** What a level of a quoting enclave or a TDX module may say. */
  static final Set<TcbStatus> OF_SOFTWARE =
      EnumSet.of(TcbStatus.UP_TO_DATE, TcbStatus.OUT_OF_DATE, TcbStatus.REVOKED);

  private Statuses() {}

  static TcbStatus status(JsonObject level, Set<TcbStatus> known) throws AttestationException {
    String code = level.text("tcbStatus");
    return TcbStatus.ofCode(code)
        .filter(known::contains)
        .orElseThrow(
            () ->
                new AttestationException(
                    Reason.BAD_FIELD,
                    "structure",
                    level.path() + " has the unknown status " + code,
                    String.join(", ", known.stream().map(TcbStatus::code).toList())));
  }

  static List<String> advisories(JsonObject level) throws AttestationException {
    return level.has("advisoryIDs") ? level.texts("advisoryIDs") : List.of();
  }
}
