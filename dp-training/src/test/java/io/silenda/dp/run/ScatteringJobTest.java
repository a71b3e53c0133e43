package io.silenda.dp.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.report.JobResult;
import io.silenda.dp.report.ModelCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job with fixed features, from pixels to a model that contains them. */
class ScatteringJobTest {
  private static final int SIDE = 8;
  private static final String LAYERS =
      """
          - {kind: scattering, scales: 1, angles: 4, groups: 5}
          - {kind: flatten}
          - {kind: dense, units: 2}
      """;

  @TempDir private Path folder;

  @Test
  void trainsOnFeaturesAndSaysThatItDoesNotRunEncrypted() throws Exception {
    JobResult result =
        PreparedRun.of(TrainingJob.read(job()), folder.resolve("out"), false)
            .run(RunListener.NONE, () -> false)
            .orElseThrow();
    // Chance is 0.5: 200 rows are right so often by chance with probability below 1e-4.
    assertThat(result.publicAccuracy().orElseThrow()).isGreaterThan(0.65);
    assertThat(ModelCard.markdown(result)).contains("| encrypted inference | impossible");
    assertThat(ModelProto.parseFrom(result.model()).getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .contains("Conv", "Sqrt", "Gemm");
    assertThat(result.network().parameterCount()).isEqualTo(2 * (5 * 16 + 1));
  }

  private Path job() throws Exception {
    Path file = JobFixture.write(folder, "[a, b]", "[" + columns() + "]\n  shape: [1, 8, 8]");
    Files.writeString(folder.resolve("rows.csv"), gratings(400, 1));
    Files.writeString(folder.resolve("test.csv"), gratings(200, 2));
    String text = Files.readString(file);
    int layers = text.indexOf("    - {kind: dense, units: 8}");
    return Files.writeString(
        file, text.substring(0, layers) + LAYERS + text.substring(text.indexOf("privacy:")));
  }

  private static String columns() {
    return IntStream.range(0, SIDE * SIDE).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
  }

  /** Stripes along or across. */
  private static String gratings(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder(columns().replace(", ", ",")).append(",kind\n");
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(2);
      int phase = random.nextInt(4);
      for (int k = 0; k < SIDE * SIDE; k++) {
        int place = (kind == 0 ? k / SIDE : k % SIDE) + phase;
        csv.append(place % 4 < 2 ? random.nextDouble() : 0).append(',');
      }
      csv.append(kind).append('\n');
    }
    return csv.toString();
  }
}
