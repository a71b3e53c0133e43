package io.silenda.dp.run;

import io.silenda.dp.job.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A small job that runs in no time: two clouds of points, a square activation. */
public final class JobFixture {
  /** Members as a job file has them. */
  public static final String JOB =
      """
      name: two clouds
      data:
        name: clouds
        file: rows.csv
        columns: [a, b]
        label: kind
        classes: 2
        range: {minimum: -4, maximum: 4}
      public-test:
        file: test.csv
      model:
        layers:
          - {kind: dense, units: 8}
          - {kind: activation, function: square}
          - {kind: dense, units: 2}
      privacy:
        adjacency: add-remove
        epsilon: 3
        delta: 1e-5
        sampling-rate: 0.1
        clipping: {kind: flat, norm: 1}
        ledger: {file: clouds.ledger, epsilon: 10}
      training:
        steps: 60
        expected-batch-size: 40
        optimizer: {kind: momentum}
        learning-rate: 0.5
        seed: 3
        insecure-test-seed: 7
        checkpoint-every: 20
      """;

  /** The same by DP-FTRL: 10 batches of 40 an epoch, in three mechanisms of 20 steps. */
  public static final String STREAM =
      JOB.replace("adjacency: add-remove", "adjacency: replace-special")
          .replace(
              "sampling-rate: 0.1",
              "mechanism: {kind: banded-mf, batches-per-epoch: 10, bands: 8}");

  private JobFixture() {}

  /** Writes rows, and a job in which a text is replaced by another. */
  public static Path write(Path folder, String replaced, String by) throws IOException {
    return write(folder, JOB, replaced, by);
  }

  /** The same with another job. */
  public static Path write(Path folder, String job, String replaced, String by) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), rows(400, 1));
    Files.writeString(folder.resolve("test.csv"), rows(200, 2));
    if (!job.contains(replaced)) {
      throw new IllegalArgumentException("the job has no " + replaced);
    }
    return Files.writeString(folder.resolve("job.yaml"), job.replace(replaced, by));
  }

  /** The job as it stands. */
  static TrainingJob job(Path folder) throws Exception {
    return TrainingJob.read(write(folder, "two clouds", "two clouds"));
  }

  private static String rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(2);
      double centre = kind == 0 ? -1.5 : 1.5;
      csv.append(centre + random.nextGaussian() * 0.7)
          .append(',')
          .append(random.nextGaussian())
          .append(',')
          .append(kind)
          .append('\n');
    }
    return csv.toString();
  }
}
