package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's way from digits to answers on encrypted digits, command by command. */
class TrainedDigitsIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String HEADING = "## Train, compile, answer encrypted";
  private static final long LIMIT_SECONDS = 300;

  @TempDir private Path folder;

  @Test
  void theReadmesCommandsWork() throws Exception {
    copyExample();
    List<String> commands = commands();
    assertThat(commands).hasSize(3);
    String trained = done(commands.get(0) + " --json");
    JsonNode card = new ObjectMapper().readTree(trained).get("card");
    assertThat(card.get("privacy").get("private").asBoolean()).isTrue();
    assertThat(card.get("privacy").get("epsilon").asDouble()).isPositive().isLessThanOrEqualTo(8);
    // Chance is 0.1; of 100 digits, 21 or more are right by chance with probability below 1e-3.
    assertThat(card.get("public_test_accuracy").asDouble()).isGreaterThan(0.2);

    done(commands.get(1));
    assertThat(folder.resolve("digits-compiled/server.bundle")).isNotEmptyFile();

    JsonNode answer = new ObjectMapper().readTree(done(commands.get(2) + " --json"));
    assertThat(answer.get("mode").asText()).isEqualTo("he");
    assertThat(answer.get("argmax_agreement").asDouble()).isEqualTo(1.0);
    double largest = 0;
    for (JsonNode row : answer.get("output")) {
      for (JsonNode logit : row) {
        largest = Math.max(largest, Math.abs(logit.asDouble()));
      }
    }
    assertThat(answer.get("max_abs_error_vs_plain").asDouble()).isLessThan(0.02 * largest);
    assertThat(answer.get("activations")).isEmpty();
  }

  @Test
  void anInterruptLeavesACheckpointThatGoesOn() throws Exception {
    copyExample();
    Path job = folder.resolve("examples/digits/small.yaml");
    Files.writeString(
        job, Files.readString(job).replace("steps: 100", "steps: 3000\n  checkpoint-every: 1000"));
    List<String> train = command("./silenda train examples/digits/small.yaml -o out");
    // Whoever runs the tests in the background ignores interrupts, and children inherit that.
    train.addAll(0, List.of("env", "--default-signal=INT"));
    Process process = start(train);
    Path ledger = folder.resolve("examples/digits/digits-small.ledger");
    for (int i = 0; i < 10 * LIMIT_SECONDS && process.isAlive(); i++) {
      if (Files.exists(ledger) && Files.readString(ledger).contains("charge")) {
        break;
      }
      Thread.sleep(100);
    }
    // Some steps into the first block.
    Thread.sleep(300);
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**checkpoint.bin")
        .isDirectoryNotContaining("glob:**model.onnx");

    Process again = start(command("./silenda train examples/digits/small.yaml -o out"));
    assertThat(text(again)).isEmpty();
    assertThat(errors().lines().filter(line -> line.startsWith("silenda: ")))
        .singleElement()
        .asString()
        .contains("--resume");
    assertThat(again.exitValue()).isEqualTo(1);
    done("./silenda train examples/digits/small.yaml -o out --resume");
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**model.onnx")
        .isDirectoryNotContaining("glob:**checkpoint.bin");
  }

  /** Lines of the section's first block that run something, without what follows the sharp. */
  private static List<String> commands() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String section = readme.substring(readme.indexOf(HEADING));
    String block = section.substring(section.indexOf("```") + 3);
    return block
        .substring(0, block.indexOf("```"))
        .lines()
        .filter(line -> line.startsWith("./silenda "))
        .map(line -> line.replaceFirst("\\s+#.*", ""))
        .toList();
  }

  private void copyExample() throws IOException {
    Path digits = Files.createDirectories(folder.resolve("examples/digits"));
    Files.copy(ROOT.resolve("examples/digits/small.yaml"), digits.resolve("small.yaml"));
    Path demo = Files.createDirectories(folder.resolve("demo"));
    for (String name : List.of("mnist_test_x_u8.npy", "mnist_test_y.npy")) {
      Files.copy(ROOT.resolve("demo").resolve(name), demo.resolve(name));
    }
  }

  private String done(String line) throws Exception {
    Process process = start(command(line));
    String text = text(process);
    assertThat(process.exitValue()).as("%s%n%s%n%s", line, text, errors()).isZero();
    return text;
  }

  private static String text(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return text;
  }

  private static List<String> command(String line) {
    List<String> command = new ArrayList<>();
    for (String word : Processes.silenda()) {
      command.add(word.endsWith(".jar") ? Path.of(word).toAbsolutePath().toString() : word);
    }
    command.addAll(List.of(line.substring("./silenda ".length()).split(" +", -1)));
    return command;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  /** What the last process said; newer JVMs may say something of their own there. */
  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }
}
