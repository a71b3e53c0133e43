package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.wire.Envelope;
import io.silenda.he.wire.ReceivedRequest;
import io.silenda.he.wire.RequestReader;
import io.silenda.he.wire.WireFormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/**
 * Evaluates the parts of a request on a pool of threads and hands the answers on in order, with no
 * more than two parts a thread in memory.
 */
final class PartPipeline implements AutoCloseable {
  private final int threads;
  private final Function<ReceivedRequest, Ciphertext> evaluation;
  private final ExecutorService pool;
  private final Deque<CompletableFuture<Answered>> pending = new ArrayDeque<>();
  private volatile boolean closed;

  PartPipeline(int threads, Function<ReceivedRequest, Ciphertext> evaluation) {
    this.threads = threads;
    this.evaluation = evaluation;
    this.pool = new ForkJoinPool(threads);
  }

  /** One answered part, and how long it took. */
  record Answered(Envelope envelope, Ciphertext ciphertext, double millis)
      implements AutoCloseable {
    @Override
    public void close() {
      ciphertext.close();
    }
  }

  /** Takes answers in order. */
  interface Sink {
    void accept(Answered answered) throws IOException;
  }

  /** Runs all parts; returns the milliseconds of each. */
  List<Double> run(RequestReader reader, Sink sink, Progress progress)
      throws IOException, WireFormatException {
    List<Double> millis = new ArrayList<>();
    while (reader.hasNext() || !pending.isEmpty()) {
      if (reader.hasNext() && pending.size() < 2 * threads) {
        pending.add(start(reader.next()));
      } else {
        try (Answered answered = join(pending.remove())) {
          sink.accept(answered);
          millis.add(answered.millis());
          progress.update("evaluate", answered.envelope().part() + 1, answered.envelope().parts());
        }
      }
    }
    return millis;
  }

  private CompletableFuture<Answered> start(ReceivedRequest part) {
    try {
      return CompletableFuture.supplyAsync(() -> evaluate(part), pool);
    } catch (RuntimeException | Error e) {
      part.close();
      throw e;
    }
  }

  private Answered evaluate(ReceivedRequest part) {
    try (part) {
      if (closed) {
        throw new CancellationException("another part failed");
      }
      long start = System.nanoTime();
      Ciphertext ciphertext = evaluation.apply(part);
      return new Answered(part.envelope(), ciphertext, Stopwatch.millisSince(start));
    }
  }

  private static Answered join(CompletableFuture<Answered> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Waits for what is being worked on and frees it; what has not begun does not begin. */
  @Override
  public void close() {
    closed = true;
    for (CompletableFuture<Answered> future : pending) {
      try {
        future.join().close();
      } catch (CompletionException | CancellationException e) {
        // Its part has failed and freed itself; the first failure was thrown already.
      }
    }
    pool.shutdown();
  }
}
