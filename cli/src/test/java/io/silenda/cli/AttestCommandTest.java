package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AttestCommandTest {
  private static final String POLICY =
      "accept tdx; mrtd is aa; nonce is 00ff00ff00ff00ff; status UpToDate";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Silenda.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void batchAnswersEveryLineInOrder() throws Exception {
    Files.write(folder.resolve("quote.bin"), new byte[] {3, 0, 2, 0, 0, 0, 0, 0});
    String request =
        "{\"id\":\"%s\",\"tee\":\"sgx\",\"format\":\"sgx-quote-v3\",\"files\":[\"%s\"],"
            + "\"time\":null,\"mode\":\"signature-only\",\"policy\":\"%s\",\"more\":1}";
    Path batch =
        Files.write(
            folder.resolve("requests.jsonl"),
            List.of(
                String.format(request, "short", "quote.bin", "default"),
                "",
                "no JSON",
                String.format(request, "gone", "missing.bin", "default"),
                String.format(request, "policy", "quote.bin", "lax"),
                String.format(request, "last", "quote.bin", "allow-debug")));
    assertThat(run("attest", "verify", "--batch", batch.toString())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(5);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode first = mapper.readTree(lines.get(0));
    assertThat(first.get("id").textValue()).isEqualTo("short");
    assertThat(first.get("verdict").textValue()).isEqualTo("reject");
    assertThat(first.get("reason").textValue()).isEqualTo("truncated");
    assertThat(first.get("checks")).hasSize(1);
    assertThat(first.get("tcb_status").isNull()).isTrue();
    assertThat(first.get("advisory_ids")).isEmpty();
    assertThat(first.get("measured")).isEmpty();
    assertThat(mapper.readTree(lines.get(1)).has("error")).isTrue();
    assertThat(mapper.readTree(lines.get(2)).get("error").textValue()).contains("missing.bin");
    assertThat(mapper.readTree(lines.get(3)).get("error").textValue()).contains("policy lax");
    assertThat(mapper.readTree(lines.get(4)).get("id").textValue()).isEqualTo("last");
  }

  @Test
  void oneRejectionExitsWithOne() throws Exception {
    Path quote =
        Files.write(folder.resolve("quote.bin"), new byte[] {4, 0, 2, 0, (byte) 0x81, 0, 0, 0});
    assertThat(
            run(
                "attest",
                "verify",
                "--evidence",
                quote.toString(),
                "--policy",
                POLICY,
                "--explain"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("reject: truncated", "seen:", "wanted:");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void anAttestationResultIsContraindicated() throws Exception {
    Path quote =
        Files.write(folder.resolve("quote.bin"), new byte[] {4, 0, 2, 0, (byte) 0x81, 0, 0, 0});
    run("attest", "verify", "--evidence", quote.toString(), "--policy", POLICY, "--ear");
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.at("/submods/tdx-quote-v4/ear.status").textValue())
        .isEqualTo("contraindicated");
  }

  @Test
  void wrongUsageExitsWithTwo() {
    assertThat(run("attest", "verify")).isEqualTo(2);
    assertThat(run("attest", "verify", "--evidence", "x")).isEqualTo(2);
    assertThat(run("attest", "verify", "--evidence", "x", "--batch", "y")).isEqualTo(2);
    assertThat(run("attest", "verify", "--evidence", "x", "--policy", POLICY, "--nonce", "not hex"))
        .isEqualTo(2);
  }

  @Test
  void policiesAreExplained() {
    assertThat(run("attest", "policy", "accept tdx; measurements any; nonce is any")).isZero();
    assertThat(out.toString())
        .startsWith("accept tdx; status UpToDate; measurements any; nonce is any")
        .contains("WEAK: any nonce passes");
    assertThat(run("attest", "policy", "accept toaster")).isEqualTo(1);
    assertThat(err.toString()).contains("accept: toaster");
  }

  @Test
  void policiesChangeTheirForm() throws Exception {
    assertThat(run("attest", "policy", "--json", POLICY)).isZero();
    Path json = Files.writeString(folder.resolve("policy.json"), out.toString());
    out.getBuffer().setLength(0);
    assertThat(run("attest", "policy", "--text", json.toString())).isZero();
    assertThat(out.toString().strip())
        .isEqualTo("accept tdx; status UpToDate; mrtd is aa; nonce is 00ff00ff00ff00ff");
  }
}
