package io.silenda.attest.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One line of the log: SHA-256 of the rest in hex, a blank, and a JSON object that names the hash
 * of the line before. So every line vouches for all before it.
 *
 * @param sequence from 1
 * @param previous hash of the line before, hex; zeros in the first
 * @param release what happened
 */
record ReleaseLine(long sequence, String previous, Release release) {
  static final String NO_LINE = "0".repeat(64);

  private static final HexFormat HEX = HexFormat.of();
  private static final int HASH_HEX = 64;

  String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("sequence", sequence)
        .put("time", release.time().toString())
        .put("key", release.keyName())
        .put("worker", HEX.formatHex(release.workerDigest()))
        .put("report_data", HEX.formatHex(release.reportData()))
        .put("evidence", HEX.formatHex(release.evidenceHash()))
        .put("policy", HEX.formatHex(release.policyDigest()))
        .put("hardware", release.simulated() ? "SIMULATED" : "hardware")
        .put("previous", previous)
        .toString();
  }

  String hash() {
    return hash(json());
  }

  /** The line, without its end. */
  String text() {
    String json = json();
    return hash(json) + " " + json;
  }

  static ReleaseLine parse(String line) throws AttestationException {
    if (line.length() <= HASH_HEX + 1 || line.charAt(HASH_HEX) != ' ') {
      throw altered("a line of another form");
    }
    byte[] bytes = line.substring(HASH_HEX + 1).getBytes(StandardCharsets.UTF_8);
    JsonObject json = StrictJson.parseObject("release-log", bytes);
    ReleaseLine read =
        new ReleaseLine(
            json.integer("sequence", 1, Long.MAX_VALUE),
            json.text("previous"),
            new Release(
                json.instant("time"),
                json.text("key"),
                json.hex("worker"),
                json.hex("report_data", 64),
                json.hex("evidence", 32),
                json.hex("policy", 32),
                json.text("hardware").equals("SIMULATED")));
    if (!read.text().equals(line)) {
      throw altered("line " + read.sequence());
    }
    return read;
  }

  static AttestationException altered(String seen) {
    return new AttestationException(
        Reason.RELEASE_LOG, "release-log", seen, "a log as it was written");
  }

  private static String hash(String json) {
    return HEX.formatHex(Digests.SHA_256.hash(json.getBytes(StandardCharsets.UTF_8)));
  }
}
