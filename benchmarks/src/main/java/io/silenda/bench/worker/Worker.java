package io.silenda.bench.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The parent's end of a worker process. Not safe for use by several threads; closing it ends it.
 */
public final class Worker implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long SECONDS_TO_END = 20;

  private final String name;
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private Worker(String name, Process process) {
    this.name = name;
    this.process = process;
    this.orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a worker, which opens its task at once; {@link #opened} waits for it.
   *
   * @throws IOException if no process can be started
   */
  public static Worker start(Task task) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(WorkerMain.class));
    builder.redirectError(Redirect.DISCARD);
    Worker worker = new Worker(task.backend(), builder.start());
    worker.send(task);
    return worker;
  }

  /**
   * Waits for the backend to open.
   *
   * @throws IOException if the process ends without an answer
   */
  public Opened opened() throws IOException {
    return receive(Opened.class);
  }

  /**
   * Has an order carried out.
   *
   * @throws IOException if the process ends without an answer
   */
  public Done obey(Order order) throws IOException {
    send(order);
    return receive(Done.class);
  }

  private void send(Object message) throws IOException {
    orders.write(MAPPER.writeValueAsString(message));
    orders.newLine();
    orders.flush();
  }

  private <T> T receive(Class<T> type) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the worker of " + name + " ended without an answer");
    }
    return MAPPER.readValue(line, type);
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
