package io.silenda.attest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.verifier.EvidenceFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real evidence of all formats with known outcomes; skipped where the folder is not there. */
class CasesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everyCaseComesOutAsExpected() throws IOException {
    Optional<Path> folder = EvidenceFolder.find();
    assumeTrue(folder.isPresent(), "no evidence folder: give one with -Dsilenda.evidence=DIR");
    BatchVerifier verifier = new BatchVerifier(folder.get());
    return cases(folder.get()).stream()
        .filter(row -> EvidenceFormats.all().names().contains(row.get("format")))
        .map(row -> DynamicTest.dynamicTest(row.get("id"), () -> check(row, verifier)));
  }

  private static void check(Map<String, String> row, BatchVerifier verifier) throws IOException {
    JsonNode answer = JSON.readTree(verifier.answer(request(row).getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.has("error")).as("%s", answer).isFalse();
    assertThat(answer.get("id").textValue()).isEqualTo(row.get("id"));
    String verdict = answer.get("verdict").textValue();
    if (!column(row, "expected").equals("either")) {
      assertThat(verdict).as("%s", answer).isEqualTo(column(row, "expected"));
    }
    assertThat(answer.get("reason").textValue()).isNotEqualTo("internal");
    assertThat(answer.get("checks")).isNotEmpty();
    if (!column(row, "tcb_status").isEmpty()) {
      assertThat(answer.get("tcb_status").textValue()).isEqualTo(column(row, "tcb_status"));
      TreeSet<String> advisories = new TreeSet<>();
      answer.get("advisory_ids").forEach(id -> advisories.add(id.textValue()));
      assertThat(String.join(",", advisories)).isEqualTo(row.get("advisory_ids"));
    }
    for (String pair : column(row, "measured").split(";", -1)) {
      if (!pair.isEmpty()) {
        String name = pair.substring(0, pair.indexOf('='));
        assertThat(answer.get("measured").path(name).textValue())
            .as("%s of %s", name, answer)
            .isEqualTo(pair.substring(name.length() + 1));
      }
    }
  }

  private static String column(Map<String, String> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }

  private static String request(Map<String, String> row) {
    ObjectNode request = JSON.createObjectNode();
    for (String name : List.of("id", "tee", "format", "mode", "policy")) {
      request.put(name, column(row, name));
    }
    Stream.of(column(row, "files").split(";", -1)).forEach(request.putArray("files")::add);
    String time = column(row, "verification_time");
    request.put("time", time.isEmpty() ? null : time);
    return request.toString();
  }

  private static List<Map<String, String>> cases(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("cases.tsv"));
    List<String> names = List.of(lines.get(0).split("\t", -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split("\t", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
