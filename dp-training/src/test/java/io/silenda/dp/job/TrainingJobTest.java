package io.silenda.dp.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.dp.job.JobException.Reason;
import io.silenda.dp.network.ActivationFunction;
import io.silenda.dp.network.LayerSpec;
import io.silenda.dp.run.JobFixture;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.PrivacyTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingJobTest {
  @TempDir private Path folder;

  @Test
  void readsWhatIsAskedFor() throws Exception {
    TrainingJob job = TrainingJob.read(JobFixture.write(folder, "two clouds", "two clouds"));
    assertThat(job.name()).isEqualTo("two clouds");
    assertThat(job.data().source().file()).isEqualTo(folder.resolve("rows.csv"));
    assertThat(job.privacy().target()).isEqualTo(new PrivacyTarget.Epsilon(3, 1e-5));
    assertThat(job.privacy().clipping()).isEqualTo(new Clipping.Flat(1));
    assertThat(job.privacy().budget().delta()).isEqualTo(1e-5);
    assertThat(job.training().optimizer()).isEqualTo(new Optimizer.Momentum(0.9, 0));
    assertThat(job.training().learningRate()).isEqualTo(new LearningRate.Constant(0.5));
    assertThat(job.layers())
        .containsExactly(
            new LayerSpec.Dense(8, true),
            new LayerSpec.Activation(ActivationFunction.SQUARE),
            new LayerSpec.Dense(2, true));
    assertThat(job.sha256()).hasSize(64);
  }

  @Test
  void readsEveryKindOfLayer() throws Exception {
    String layers =
        """
          - {kind: convolution, channels: 4, kernel: 5, stride: 2, padding: 1}
          - {kind: group-norm, groups: 2}
          - {kind: polynomial, degree: 3, input-bound: 4, range-penalty: 0.1}
          - {kind: average-pool, kernel: 2}
          - {kind: max-pool, kernel: 2, stride: 1}
          - {kind: flatten}
          - {kind: layer-norm}
          - {kind: clip, bound: 3}
          - kind: residual
            layers:
              - {kind: dense, units: 4, bias: false}
          - {kind: embedding, vocabulary: 9, dimension: 2}
        """;
    Path file = JobFixture.write(folder, "    - {kind: dense, units: 8}\n", layers.indent(2));
    assertThat(TrainingJob.read(file).layers())
        .startsWith(
            LayerSpec.Convolution2d.square(4, 5, 2, 1),
            new LayerSpec.GroupNorm(2, 1e-5f),
            new LayerSpec.PolynomialActivation(3, 4, 0.1f),
            new LayerSpec.AveragePool(2, 2),
            new LayerSpec.MaxPool(2, 1),
            new LayerSpec.Flatten(),
            new LayerSpec.LayerNorm(1e-5f),
            new LayerSpec.Clip(3),
            new LayerSpec.Residual(List.of(new LayerSpec.Dense(4, false))),
            new LayerSpec.Embedding(9, 2));
  }

  @Test
  void readsScattering() throws Exception {
    String layers =
        """
            - {kind: scattering, groups: 27}
            - {kind: scattering, scales: 3, angles: 4}
        """;
    Path file = JobFixture.write(folder, "    - {kind: dense, units: 8}\n", layers);
    assertThat(TrainingJob.read(file).layers())
        .startsWith(new LayerSpec.Scattering(2, 8, 27), new LayerSpec.Scattering(3, 4, 0));
  }

  @Test
  void epochsBecomeSteps() throws Exception {
    Path file = JobFixture.write(folder, "steps: 60", "epochs: 2.5");
    assertThat(TrainingJob.read(file).training().steps()).isEqualTo(25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "epsilon: 3|epsilon: -3|privacy.epsilon: saw -3, allowed: a number from 1.0E-4 up to",
        "epsilon: 3|epsilon: .nan|no YAML: Malformed numeric value",
        "epsilon: 3|epsilonn: 3|privacy.epsilon: saw nothing, allowed: a number",
        "epsilon: 3|`epsilon: 3, noise-multiplier: 1`|no YAML",
        "delta: 1e-5|delta: 0|privacy.delta: saw 0",
        "delta: 1e-5|`delta: 1e-5\n  sigma: 2`|privacy.sigma: unknown member, allowed: adjacency,",
        "sampling-rate: 0.1|sampling-rate: 1.5|privacy.sampling-rate: saw 1.5",
        "adjacency: add-remove|adjacency: neighbours|privacy.adjacency: saw neighbours, allowed: add-remove,",
        "kind: dense, units: 8|kind: dense, units: 0|model.layers[0].units: saw 0, allowed: a whole number from 1",
        "kind: dense, units: 8|kind: lstm|model.layers[0].kind: saw lstm, allowed: dense,",
        "kind: dense, units: 8|`kind: scattering, scales: 5`|model.layers[0].scales: saw 5, allowed: a whole number from 1",
        "function: square|function: mish|model.layers[1].function: saw mish, allowed: square, relu",
        "kind: dense, units: 8|`kind: dense, units: 8, rate: 1`|model.layers[0].rate: unknown member",
        "label: kind|label: a|data.label: saw a, allowed: a column that is not among the features",
        "classes: 2|classes: 1|data.classes: saw 1, allowed: a whole number from 2",
        "file: rows.csv|file: rows.xls|data.file: saw rows.xls, allowed: a name ending in .csv",
        "`{minimum: -4, maximum: 4}`|`{minimum: 4, maximum: -4}`|data.range.maximum: saw -4, allowed: a number above 4",
        "steps: 60|`steps: 60\n  epochs: 1`|training.epochs: saw 1, allowed: either steps or epochs",
        "steps: 60|steps: many|training.steps: saw many",
        "steps: 60|`steps: 60\n  steps: 61`|no YAML: Duplicate field",
        "name: two clouds|`name: two/clouds`|name: saw two/clouds, allowed: 1 to 80 letters",
        "name: two clouds|`name: two clouds\nextra: 1`|extra: unknown member, allowed: privacy, name,",
        "kind: momentum|kind: lion|training.optimizer.kind: saw lion, allowed: sgd, momentum, adam",
        "learning-rate: 0.5|`learning-rate: 0.5\n  schedule: {kind: cosine, end: 3}`|training.schedule.end: saw 3",
        "epsilon: 10|epsilon: 0|privacy.ledger.epsilon: saw 0",
      })
  void oneLineSaysWhatIsWrong(String replaced, String by, String message) throws Exception {
    Path file = JobFixture.write(folder, replaced, by);
    JobException refusal = catchThrowableOfType(JobException.class, () -> TrainingJob.read(file));
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.toString().lines()).hasSize(1);
    assertThat(refusal.reason()).isIn(Reason.MEMBER, Reason.SYNTAX);
  }

  @ParameterizedTest
  @CsvSource({"''", "'- a'", "'[1, 2'", "'\tx: 1'", "'&a [*a]'", "'a: &b [1]\nc: *b'"})
  void whatIsNoJobIsRefused(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("job.yaml"), text);
    JobException refusal = catchThrowableOfType(JobException.class, () -> TrainingJob.read(file));
    assertThat(refusal.toString().lines()).hasSize(1);
  }

  @Test
  void largeFilesAreNotRead() throws Exception {
    Path file = Files.writeString(folder.resolve("job.yaml"), "#".repeat((1 << 20) + 1));
    JobException refusal = catchThrowableOfType(JobException.class, () -> TrainingJob.read(file));
    assertThat(refusal).hasMessageContaining("larger than a job can be");
  }
}
