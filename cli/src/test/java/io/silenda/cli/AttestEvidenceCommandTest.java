package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AttestEvidenceCommandTest {
  private static final String NONCE = "00112233445566778899aabbccddeeff";

  @TempDir Path folder;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine line = Silenda.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private int evidence(String... more) {
    List<String> arguments = new ArrayList<>(List.of("attest", "evidence", "--root", empty()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  private String empty() {
    return folder.resolve("machine").toString();
  }

  @Test
  void aMachineWithNothingListsWhyAndIsDone() throws Exception {
    assertThat(evidence()).isZero();
    assertThat(out.toString().lines()).hasSize(4).allMatch(line -> line.contains(" absent   no "));
    assertThat(evidence("--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("providers")).hasSize(4);
    assertThat(json.at("/providers/0/name").textValue()).isEqualTo("tsm");
    assertThat(json.at("/providers/0/present").booleanValue()).isFalse();
    assertThat(json.at("/providers/0/reason").textValue()).contains("configfs");
    assertThat(json.has("files")).isFalse();
  }

  @Test
  void withNothingToProveWithThereIsNoEvidence() {
    Path file = folder.resolve("evidence");
    assertThat(evidence("-o", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("tsm: no directory", "tpm: no device");
    assertThat(file).doesNotExist();
  }

  @Test
  void simulatedEvidenceIsWrittenOnlyOnDemandAndAcceptedByNoOrdinaryPolicy() throws Exception {
    Path file = folder.resolve("evidence");
    String root = folder.resolve("simulated.root").toString();
    assertThat(
            evidence(
                "--json", "--insecure-simulated", root, "-o", file.toString(), "--nonce", NONCE))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("format").textValue()).isEqualTo("SIMULATED");
    assertThat(json.get("nonce").textValue()).isEqualTo(NONCE + "00".repeat(48));
    assertThat(json.at("/files/0").textValue()).isEqualTo(file.toString());
    String lax = "accept any; measurements any; status any; excuse any; debug allowed";
    String[] verify = {
      "attest", "verify", "--evidence", file.toString(), "--nonce", NONCE, "--policy", lax
    };
    assertThat(run(verify)).isEqualTo(1);
    assertThat(out.toString()).startsWith("reject: simulated");
    verify[verify.length - 1] = lax + "; simulated allowed";
    assertThat(run(verify)).isZero();
    assertThat(out.toString()).startsWith("accept: SIMULATED");
  }

  @Test
  void evidenceOfAFoundTechnologyIsWritten() throws Exception {
    Path gramine = Files.createDirectories(folder.resolve("machine/dev/attestation"));
    Files.writeString(gramine.resolve("attestation_type"), "dcap\n");
    Files.createFile(gramine.resolve("user_report_data"));
    byte[] quote = new byte[700];
    quote[0] = 3;
    quote[2] = 2;
    for (int i = 0; i < 16; i++) {
      quote[368 + i] = (byte) (i * 0x11);
    }
    Files.write(gramine.resolve("quote"), quote);
    Path file = folder.resolve("quote.bin");
    assertThat(evidence("-o", file.toString(), "--nonce", NONCE)).isZero();
    assertThat(file).hasBinaryContent(quote);
    assertThat(out.toString())
        .contains("gramine    present  sgx: Gramine with DCAP")
        .contains("written: sgx-quote-v3 from gramine")
        .contains("--evidence " + file + " --nonce " + NONCE);
  }

  @Test
  void noncesThatAreNoneAreWrongUsage() {
    for (String nonce : List.of("xyz", "00", "00".repeat(65))) {
      assertThat(evidence("--nonce", nonce)).as(nonce).isEqualTo(2);
      assertThat(err.toString()).contains("--nonce");
    }
  }
}
