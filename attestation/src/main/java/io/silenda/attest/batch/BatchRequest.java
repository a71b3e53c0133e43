package io.silenda.attest.batch;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.encoding.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request.
 *
 * @param id echoed in the answer
 * @param format chooses the verifier
 * @param files paths relative to the batch file, evidence first
 * @param time the clock; without one, nothing that depends on time is checked
 * @param mode how far to go
 * @param policy {@code default}, {@code allow-debug} or {@code trust-anchor=FILE}
 */
record BatchRequest(
    String id,
    String format,
    List<String> files,
    Optional<Instant> time,
    VerificationMode mode,
    String policy) {
  static BatchRequest of(String id, JsonObject json) throws AttestationException {
    List<String> files = json.texts("files");
    if (files.isEmpty()) {
      throw bad("no file", "the evidence, then its endorsements");
    }
    String mode = json.text("mode");
    return new BatchRequest(
        id,
        json.text("format"),
        files,
        json.has("time") && !json.text("time").isEmpty()
            ? Optional.of(json.instant("time"))
            : Optional.empty(),
        VerificationMode.ofCode(mode)
            .orElseThrow(() -> bad("mode " + mode, "full, signature-only or parse-only")),
        json.text("policy"));
  }

  static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_JSON, "request", seen, wanted);
  }
}
