package io.silenda.bench.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.silenda.bench.backend.Backends;
import io.silenda.bench.backend.Exchange;
import io.silenda.bench.backend.Session;
import io.silenda.bench.machine.EnergyCounter;
import io.silenda.bench.machine.ProcessMemory;
import io.silenda.he.NativeMemory;
import io.silenda.infer.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The worker: a task on the first line of its input, then orders; one line of answer for each. */
public final class WorkerMain {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PrintStream out;
  private final EnergyCounter energy = EnergyCounter.ofThisMachine();

  private WorkerMain(PrintStream out) {
    this.out = out;
  }

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    // Whatever else prints must not get between the answers.
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    new WorkerMain(answers).run(in);
  }

  private void run(BufferedReader in) throws IOException {
    Task task = MAPPER.readValue(in.readLine(), Task.class);
    long start = System.nanoTime();
    try (Session session = Backends.named(task.backend()).open(task.subject())) {
      reply(new Opened("", System.nanoTime() - start, session.setup()));
      Tensor rows = task.subject().readRows();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        reply(obey(session, rows, MAPPER.readValue(line, Order.class)));
      }
    } catch (Exception e) {
      reply(Opened.failed(message(e)));
    }
  }

  private void reply(Object answer) throws IOException {
    out.println(MAPPER.writeValueAsString(answer));
    out.flush();
  }

  private Done obey(Session session, Tensor rows, Order order) {
    try {
      return measure(session, rows, order);
    } catch (Exception e) {
      return Done.failed(message(e));
    }
  }

  private Done measure(Session session, Tensor rows, Order order) throws Exception {
    List<Exchange> exchanges = new ArrayList<>();
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < order.requests(); i++) {
      inputs.add(input(rows, order.firstRow() + i * order.rowsPerRequest(), order));
    }
    double cpuBefore = cpuNanos();
    double[] energyBefore = energy.state();
    for (Tensor input : inputs) {
      exchanges.add(session.answer(input));
    }
    double joules = energy.isReadable() ? energy.joulesSince(energyBefore) : -1;
    double cpu = cpuNanos() - cpuBefore;
    Exchange last = exchanges.get(exchanges.size() - 1);
    List<Map<String, Double>> phases = exchanges.stream().map(Exchange::phaseNanos).toList();
    return new Done(
        "",
        exchanges.stream().map(Exchange::nanos).toList(),
        phases,
        exchanges.stream().map(each -> each.core().values()).toList(),
        exchanges.stream().map(each -> each.output().values()).toList(),
        last.requestBytes(),
        last.responseBytes(),
        cpu,
        joules,
        ProcessMemory.peakResidentBytes() + session.otherPeakResidentBytes(),
        NativeMemory.allocatedBytes());
  }

  /** Rows from a place on, the first again after the last. */
  private static Tensor input(Tensor rows, int first, Order order) {
    int size = rows.rowSize();
    float[] values = new float[Math.multiplyExact(order.rowsPerRequest(), size)];
    for (int i = 0; i < order.rowsPerRequest(); i++) {
      System.arraycopy(rows.row((first + i) % rows.rows()), 0, values, i * size, size);
    }
    return Tensor.of(new int[] {order.rowsPerRequest(), size}, values);
  }

  /** Of this process and of those that it started. */
  private static double cpuNanos() {
    double own =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : 0;
    double others =
        ProcessHandle.current()
            .descendants()
            .mapToDouble(child -> child.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
            .sum();
    return own + others;
  }

  private static String message(Exception e) {
    String text = String.valueOf(e.getMessage());
    return e.getClass().getSimpleName() + ": " + text.lines().findFirst().orElse(text);
  }
}
