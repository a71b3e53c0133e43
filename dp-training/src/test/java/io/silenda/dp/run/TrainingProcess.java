package io.silenda.dp.run;

import io.silenda.dp.job.TrainingJob;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that trains until it is done or killed, goes on from a checkpoint where there is one,
 * and acknowledges every step that it took. Steps take long enough to be killed in.
 */
final class TrainingProcess {
  private static final int MILLISECONDS_PER_STEP = 15;

  private TrainingProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path out = Path.of(arguments[1]);
    boolean resume = Files.exists(out.resolve(SegmentedTraining.CHECKPOINT));
    PreparedRun run = PreparedRun.of(TrainingJob.read(Path.of(arguments[0])), out, resume);
    try (FileOutputStream acknowledged = new FileOutputStream(arguments[2], true)) {
      run.run(
          progress -> {
            try {
              acknowledged.write('+');
              Thread.sleep(MILLISECONDS_PER_STEP);
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          },
          () -> false);
    }
  }
}
