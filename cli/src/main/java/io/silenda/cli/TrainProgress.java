package io.silenda.cli;

import io.silenda.dp.run.RunListener;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** A bar on stderr with loss, epsilon, speed and remaining time; silent without a terminal. */
final class TrainProgress implements RunListener, AutoCloseable {
  private final boolean visible = Ansi.AUTO.enabled();
  private final long first;
  private @Nullable ProgressBar bar;

  /** Steps before {@code first} were done by an earlier process. */
  TrainProgress(long first) {
    this.first = first;
  }

  @Override
  public void afterStep(Progress progress) {
    if (!visible) {
      return;
    }
    ProgressBar current = bar;
    if (current == null) {
      current =
          new ProgressBarBuilder()
              .setTaskName("training")
              .setInitialMax(progress.steps())
              .startsFrom(first, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
      bar = current;
    }
    current.stepTo(progress.step());
    current.setExtraMessage(text(progress));
  }

  static String text(Progress progress) {
    return String.format(
        Locale.ROOT,
        "loss %.4f (local), epsilon %.3f, %,.0f samples/s",
        progress.localLoss(),
        progress.epsilon(),
        progress.localSamplesPerSecond());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
