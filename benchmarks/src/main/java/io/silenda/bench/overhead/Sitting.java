package io.silenda.bench.overhead;

import io.silenda.bench.backend.Backends;
import io.silenda.bench.backend.Subject;
import io.silenda.bench.measure.Samples;
import io.silenda.bench.worker.Done;
import io.silenda.bench.worker.Opened;
import io.silenda.bench.worker.Order;
import io.silenda.bench.worker.Task;
import io.silenda.bench.worker.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One fresh process a backend, all with the same network, which answer in turns. Who is first
 * changes from round to round.
 */
final class Sitting implements AutoCloseable {
  /** Requests in a turn of a backend that is this much faster than the slowest. */
  private static final int MOST_REQUESTS = 20;

  private static final double NANOS_A_TURN = 4e6;
  private static final int FEWEST_WARMUP_TURNS = 2;

  private final OverheadOptions options;
  private final Subject subject;
  private final Consumer<LeftOut> leftOut;
  private final Map<Ledger, Worker> workers = new LinkedHashMap<>();
  private final Map<Ledger, Integer> requestsPerTurn = new LinkedHashMap<>();

  Sitting(OverheadOptions options, Subject subject, Consumer<LeftOut> leftOut) {
    this.options = options;
    this.subject = subject;
    this.leftOut = leftOut;
  }

  /** Starts the processes: in a quick run all at once, so that setup times disturb each other. */
  void open(List<Ledger> ledgers) throws IOException {
    for (Ledger ledger : ledgers) {
      workers.put(ledger, Worker.start(new Task(ledger.backend(), subject)));
      if (!options.quick()) {
        await(ledger);
      }
    }
    if (options.quick()) {
      ledgers.forEach(this::awaitOrReport);
    }
  }

  private void awaitOrReport(Ledger ledger) {
    try {
      await(ledger);
    } catch (IOException e) {
      drop(ledger, String.valueOf(e.getMessage()));
    }
  }

  private void await(Ledger ledger) throws IOException {
    Worker worker = workers.get(ledger);
    if (worker == null) {
      throw new IllegalStateException(ledger.backend() + " was not started");
    }
    Opened opened = worker.opened();
    if (opened.failure().isEmpty()) {
      ledger.opened(opened);
    } else {
      drop(ledger, opened.failure());
    }
  }

  private void drop(Ledger ledger, String why) {
    Worker worker = workers.remove(ledger);
    if (worker != null) {
      worker.close();
    }
    leftOut.accept(new LeftOut(subject.name() + " on " + ledger.backend(), why));
  }

  /** The baseline's answers to the first rows. */
  Expected expected(Ledger baseline, int rows) throws IOException {
    Worker worker = workers.get(baseline);
    if (worker == null) {
      throw new IOException(subject.name() + ": ONNX Runtime cannot run it");
    }
    Done done = worker.obey(new Order(0, rows, 1));
    return new Expected(done.cores(), done.outputs());
  }

  /** First requests, then rounds until the time is spent. */
  void measure() throws IOException {
    double slowest = 0;
    for (Ledger ledger : List.copyOf(workers.keySet())) {
      Done cold = order(ledger, new Order(0, 1, 1));
      if (cold.failure().isEmpty()) {
        ledger.cold(cold);
        slowest += warmUp(ledger, new Samples(cold.nanos()).median());
      }
    }
    int rounds = (int) Math.min(options.mostRounds(), options.roundNanos() / Math.max(slowest, 1));
    for (int round = 0; round < Math.max(rounds, options.fewestRounds()); round++) {
      round(round);
    }
  }

  /** From the time that the first request took, so that a slow backend is not asked too often. */
  private double warmUp(Ledger ledger, double coldNanos) throws IOException {
    double nanos = coldNanos;
    double spent = 0;
    int requests = 0;
    for (int turn = 0;
        turn < FEWEST_WARMUP_TURNS
            || (spent < options.warmUpNanos() && requests < options.mostWarmUpRequests());
        turn++) {
      Done done = order(ledger, new Order(1, requestsOf(nanos), 1));
      if (done.nanos().isEmpty()) {
        break;
      }
      ledger.warmup(done);
      requests += done.nanos().size();
      spent += done.nanos().stream().mapToDouble(Double::doubleValue).sum();
      nanos = new Samples(done.nanos()).median();
    }
    requestsPerTurn.put(ledger, requestsOf(nanos));
    return nanos * requestsOf(nanos);
  }

  /** As many as fill a turn. */
  private static int requestsOf(double nanos) {
    return Math.max(1, (int) Math.min(MOST_REQUESTS, NANOS_A_TURN / nanos));
  }

  private Done order(Ledger ledger, Order order) throws IOException {
    Worker worker = workers.get(ledger);
    if (worker == null) {
      return Done.nothing();
    }
    Done done = worker.obey(order);
    if (!done.failure().isEmpty()) {
      drop(ledger, done.failure());
    }
    return done;
  }

  private void round(int round) throws IOException {
    List<Ledger> order = new ArrayList<>(workers.keySet());
    Map<String, Double> medians = new LinkedHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      Ledger ledger = order.get((i + round) % order.size());
      int requests = requestsPerTurn.getOrDefault(ledger, 1);
      int firstRow = round * requests;
      Done done = order(ledger, new Order(firstRow, requests, 1));
      if (done.failure().isEmpty() && !done.nanos().isEmpty()) {
        ledger.warm(done, firstRow);
        medians.put(ledger.backend(), new Samples(done.nanos()).median());
      }
    }
    double baseline = medians.getOrDefault(Backends.BASELINE, Double.NaN);
    for (Ledger ledger : workers.keySet()) {
      ledger.ratio(baseline / medians.getOrDefault(ledger.backend(), Double.NaN));
    }
  }

  @Override
  public void close() {
    workers.values().forEach(Worker::close);
  }
}
