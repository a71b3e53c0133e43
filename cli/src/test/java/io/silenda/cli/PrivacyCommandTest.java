package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PrivacyCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void batchAnswersInOrderAndRefusesLineByLine() throws IOException {
    List<JsonNode> answers =
        batch(
            "{\"id\":\"a\",\"kind\":\"dpsgd_poisson\",\"adjacency\":\"add_remove\",\"q\":0.01,\"sigma\":1,"
                + "\"steps\":1000,\"delta\":1e-5,\"quantity\":\"epsilon\",\"accountant\":\"pld\",\"other\":1}",
            "{\"id\":\"b\",\"kind\":\"shuffle_lower_bound\",\"adjacency\":\"replace_special\",\"q\":0.001,"
                + "\"sigma\":0.5,\"steps\":1000,\"extra\":\"epsilon=4;epochs=1\",\"quantity\":\"delta\","
                + "\"accountant\":\"pld\"}",
            "not json",
            "{\"id\":\"d\",\"kind\":\"dpsgd_poisson\",\"adjacency\":\"add_remove\",\"q\":\"0.01\",\"sigma\":1,"
                + "\"steps\":1000,\"delta\":1e-5,\"quantity\":\"epsilon\",\"accountant\":\"pld\"}",
            "{\"id\":\"e\",\"kind\":\"mf_minsep\",\"adjacency\":\"replace_special\",\"steps\":256,"
                + "\"extra\":\"bands=16;min_sep=16;participations=4\",\"quantity\":\"sensitivity\","
                + "\"accountant\":\"exact\"}");

    assertThat(answers).hasSize(5);
    assertThat(answers.get(0).path("value").asDouble()).isBetween(1.8231, 1.8301);
    assertThat(fields(answers.get(0))).containsExactly("id", "accountant", "quantity", "value");
    assertThat(fields(answers.get(1))).containsExactly("id", "error");
    assertThat(answers.get(1).path("error").asText()).contains("shuffled batches are not Poisson");
    assertThat(answers.get(2).path("error").asText()).contains("not JSON");
    assertThat(answers.get(3).path("error").asText()).contains("q \"0.01\" is not a number");
    assertThat(answers.get(4).path("value").asDouble()).isCloseTo(2.78846111478, within(1e-9));
  }

  @Test
  void friendlyFormAnswersAndTheNoiseItFindsSuffices() throws IOException {
    assertThat(
            run(
                "privacy",
                "noise",
                "--epsilon",
                "3",
                "--rate",
                "0.01",
                "--steps",
                "500",
                "--delta",
                "1e-5",
                "--json"))
        .isZero();
    double noise = MAPPER.readTree(out.toString()).path("value").asDouble();
    out.getBuffer().setLength(0);
    assertThat(
            run(
                "privacy",
                "epsilon",
                "--noise",
                String.valueOf(noise),
                "--rate",
                "0.01",
                "--steps",
                "500",
                "--delta",
                "1e-5",
                "--json"))
        .isZero();
    assertThat(MAPPER.readTree(out.toString()).path("value").asDouble()).isBetween(2.99, 3.0);
  }

  @Test
  void textNamesTheNeighbouringRelation() {
    assertThat(
            run(
                "privacy",
                "delta",
                "--noise",
                "1",
                "--epsilon",
                "3",
                "--rate",
                "0.01",
                "--steps",
                "10"))
        .isZero();
    assertThat(out.toString()).startsWith("delta ").contains("add_remove");
  }

  @Test
  void printedBoundsAreRoundedUp() {
    assertThat(PrivacyQuestions.roundedUp(1.2345601)).isEqualTo(1.23457);
    assertThat(PrivacyQuestions.roundedUp(1e-5)).isEqualTo(1e-5);
  }

  @Test
  void aDamagedLineSpoilsNoOther() throws IOException {
    String good =
        "{\"id\":\"a\",\"kind\":\"gaussian\",\"adjacency\":\"add_remove\",\"sigma\":1,\"steps\":1,"
            + "\"delta\":1e-5,\"quantity\":\"epsilon\",\"accountant\":\"exact\"}";
    List<String> lines =
        List.of(
            "{\"id\":\"\u00ff\"}",
            good + "{}",
            good.replace("\"id\"", "\"id\":\"b\",\"id\""),
            good);
    Path requests = folder.resolve("damaged.jsonl");
    Files.write(requests, lines, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(run("privacy", "--batch", requests.toString())).isZero();

    List<String> answers = out.toString().lines().toList();
    assertThat(answers).hasSize(4);
    assertThat(answers.get(0)).contains("not UTF-8");
    assertThat(answers.get(1)).contains("error");
    assertThat(answers.get(2)).contains("error");
    assertThat(answers.get(3)).contains("\"value\"");
  }

  @Test
  void plotsAreDrawn() throws IOException {
    for (String name : List.of("plot.svg", "plot.png")) {
      Path plot = folder.resolve(name);
      assertThat(
              run(
                  "privacy",
                  "epsilon",
                  "--noise",
                  "2",
                  "--rate",
                  "0.1",
                  "--steps",
                  "20",
                  "--delta",
                  "1e-5",
                  "--plot",
                  plot.toString()))
          .as(err.toString())
          .isZero();
      assertThat(Files.size(plot)).isGreaterThan(2000);
    }
  }

  @Test
  void wrongUsageAndRefusalsHaveTheirOwnExitCodes() {
    assertThat(run("privacy")).isEqualTo(2);
    assertThat(run("privacy", "epsilon", "--noise", "-1", "--delta", "1e-5")).isEqualTo(1);
    assertThat(err.toString()).contains("noiseMultiplier -1.0 is not a positive finite number");
    assertThat(run("privacy", "epsilon", "--noise", "1", "--rate", "0.1", "--delta", "0"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("no finite epsilon");
  }

  private List<JsonNode> batch(String... lines) throws IOException {
    Path requests = Files.write(folder.resolve("requests.jsonl"), List.of(lines));
    assertThat(run("privacy", "--batch", requests.toString())).isZero();
    return out.toString()
        .lines()
        .map(
            line -> {
              try {
                return MAPPER.readTree(line);
              } catch (IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }

  private static List<String> fields(JsonNode json) {
    return json.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  private int run(String... arguments) {
    CommandLine commandLine = Silenda.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
