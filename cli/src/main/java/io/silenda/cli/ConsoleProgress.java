package io.silenda.cli;

import io.silenda.infer.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Draws one progress bar a phase on stderr; silent where the process has no terminal. */
final class ConsoleProgress implements Progress, AutoCloseable {
  private final boolean visible = Ansi.AUTO.enabled();
  private String phase = "";
  private @Nullable ProgressBar bar;

  @Override
  public synchronized void update(String newPhase, int done, int total) {
    if (!visible) {
      return;
    }
    if (!newPhase.equals(phase)) {
      finish();
      phase = newPhase;
    }
    ProgressBar current = bar;
    if (current == null) {
      current =
          new ProgressBarBuilder()
              .setTaskName(newPhase)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
      bar = current;
    }
    current.stepTo(done);
  }

  /** Ends the bar that is being drawn. */
  synchronized void finish() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    finish();
  }
}
