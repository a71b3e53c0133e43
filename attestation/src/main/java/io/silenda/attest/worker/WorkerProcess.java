package io.silenda.attest.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A worker as a child process, on pipes. Whoever starts it closes it: that kills it and deletes
 * what it leaves behind. The streams are not thread-safe; the rest is.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final int DIAGNOSTIC_CHARS = 240;
  private static final long REAP_SECONDS = 10;

  private final Process process;
  private final WorkerFiles files;
  private final Thread errorReader;
  private final StringBuilder diagnostics = new StringBuilder();

  private WorkerProcess(Process process, WorkerFiles files) {
    this.process = process;
    this.files = files;
    this.errorReader = new Thread(this::readErrors, "silenda-worker-errors");
    errorReader.setDaemon(true);
    errorReader.start();
  }

  /**
   * Starts the launcher; it copies and measures before the worker's program begins.
   *
   * @throws IOException if it cannot be started
   */
  public static WorkerProcess start(WorkerPlan plan, Path launcher) throws IOException {
    WorkerFiles files = WorkerFiles.create();
    try {
      Path place = files.subfolder("place");
      Path planFile = files.write("plan", plan.text(place).getBytes(StandardCharsets.UTF_8));
      ProcessBuilder builder = new ProcessBuilder(launcher.toString(), planFile.toString());
      builder.environment().clear();
      return new WorkerProcess(builder.start(), files);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /** What the worker reads as its standard input. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** What the worker writes to its standard output. */
  public InputStream output() {
    return process.getInputStream();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended and the last of what it wrote to standard error, for people. */
  public String diagnosis() {
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        return "the worker runs";
      }
      errorReader.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String said;
    synchronized (diagnostics) {
      said = diagnostics.toString().strip().replaceAll("\\p{Cntrl}+", " | ");
    }
    String status = process.isAlive() ? "still runs" : "ended with status " + process.exitValue();
    return "the worker " + status + (said.isEmpty() ? "" : ": " + said);
  }

  /** Kills it; a second call does nothing. */
  public void kill() {
    process.destroyForcibly();
  }

  private void readErrors() {
    byte[] buffer = new byte[1024];
    try (InputStream errors = process.getErrorStream()) {
      for (int got = errors.read(buffer); got >= 0; got = errors.read(buffer)) {
        synchronized (diagnostics) {
          diagnostics.append(new String(buffer, 0, got, StandardCharsets.UTF_8));
          diagnostics.delete(0, Math.max(0, diagnostics.length() - DIAGNOSTIC_CHARS));
        }
      }
    } catch (IOException e) {
      // The process is gone, and with it what it would have said.
    }
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(REAP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    files.close();
  }
}
