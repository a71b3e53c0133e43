package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad jobs: one line, exit code 1, nothing spent. */
class TrainCommandTest {
  private static final String JOB =
      """
      name: toy
      data: {name: toy, file: x.csv, columns: [a], label: y, classes: 2}
      model:
        layers: [{kind: dense, units: 2}]
      privacy:
        adjacency: add-remove
        epsilon: 2
        delta: 1e-5
        sampling-rate: 0.5
        clipping: {kind: flat, norm: 1}
        ledger: {file: toy.ledger, epsilon: 4}
      training:
        steps: 10
        expected-batch-size: 2
        optimizer: {kind: sgd}
        learning-rate: 0.1
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`columns: [a]`|`columns: [b]`|there is no column \"b\"",
        "epsilon: 2|epsilon: 0.0002|privacy.epsilon: saw 0.0002000, allowed: at least",
        "epsilon: 4|epsilon: 1|budget of toy exceeded",
        "units: 2|units: 3|2 classes need as many outputs",
        "steps: 10|stepps: 10|training.",
      })
  void oneLineAndNothingSpent(String replaced, String by, String message) throws Exception {
    Files.writeString(folder.resolve("x.csv"), "a,y\n1,0\n2,1\n");
    assertRefused(JOB.replace(replaced, by), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,y;1,0;NaN,1|row 1, column a: NaN is not a finite number",
        "a,y;1,0;1,2|row 1, label y: \"2\" is not a whole number from 0 to 1",
      })
  void badRowsAreNamed(String rows, String message) throws Exception {
    Files.writeString(folder.resolve("x.csv"), rows.replace(';', '\n'));
    assertRefused(JOB, message);
  }

  @Test
  void anUnwritableOutputIsNamed() throws Exception {
    Files.writeString(folder.resolve("x.csv"), "a,y\n1,0\n2,1\n");
    Files.writeString(folder.resolve("out"), "a file");
    assertRefused(JOB, "cannot be written");
  }

  private void assertRefused(String job, String message) throws Exception {
    Path file = Files.writeString(folder.resolve("job.yaml"), job);
    int code =
        Silenda.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("train", file.toString(), "-o", folder.resolve("out").toString());
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).startsWith("silenda: ").contains(message);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
    Path ledger = folder.resolve("toy.ledger");
    if (Files.exists(ledger)) {
      assertThat(Files.readString(ledger)).doesNotContain("charge");
    }
  }
}
