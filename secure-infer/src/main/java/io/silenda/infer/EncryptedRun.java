package io.silenda.infer;

import io.silenda.he.CkksContext;
import io.silenda.he.EvaluationKeys;
import io.silenda.infer.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of client and server in one process, with its times and sizes. */
final class EncryptedRun implements AutoCloseable {
  private final CkksContext context;
  private final Client client;
  private final EvaluationKeys keys;
  private final Server server;
  private final int batch;
  private final Progress progress;
  private final List<Tensor> answers = new ArrayList<>();
  private final List<Double> serverMillis = new ArrayList<>();
  private double encryptMillis;
  private double decryptMillis;
  private long requestBytes;
  private long responseBytes;

  EncryptedRun(CompiledModel compiled, Progress progress) {
    this.progress = progress;
    this.batch = Math.min(compiled.batch(), compiled.clientBundle().input().batch());
    this.context = compiled.newContext();
    progress.update("keys", 0, 1);
    this.client = new Client(compiled.clientBundle(), context);
    this.keys = client.evaluationKeys();
    progress.update("keys", 1, 1);
    progress.update("weights", 0, 1);
    this.server = new Server(compiled.serverBundle(), context);
    progress.update("weights", 1, 1);
  }

  /** What the server gave back for one request, and how long it took. */
  private record Evaluated(EncryptedResponse response, double millis) {}

  void evaluate(Tensor rows, int threads) throws PrivateInferenceException {
    int groups = (rows.rows() + batch - 1) / batch;
    AtomicInteger done = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<CompletableFuture<Evaluated>> pending = new ArrayList<>();
      for (int group = 0; group < groups; group++) {
        Tensor part = rows.rows(group * batch, Math.min(rows.rows(), (group + 1) * batch));
        EncryptedRequest request = encrypt(part);
        pending.add(
            CompletableFuture.supplyAsync(
                () -> {
                  Evaluated evaluated = evaluate(request);
                  progress.update("evaluate", done.incrementAndGet(), groups);
                  return evaluated;
                },
                pool));
        // Requests wait in memory: never more than a few ahead of the server.
        if (group >= 2 * threads) {
          join(pending.get(group - 2 * threads));
        }
      }
      for (CompletableFuture<Evaluated> each : pending) {
        decrypt(join(each));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Evaluated join(CompletableFuture<Evaluated> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private EncryptedRequest encrypt(Tensor part) {
    long start = System.nanoTime();
    EncryptedRequest request = client.encrypt(part);
    encryptMillis += Stopwatch.millisSince(start);
    requestBytes = request.sizeBytes();
    return request;
  }

  private Evaluated evaluate(EncryptedRequest request) {
    try (request) {
      long start = System.nanoTime();
      EncryptedResponse response = server.evaluate(request, keys);
      return new Evaluated(response, Stopwatch.millisSince(start));
    }
  }

  private void decrypt(Evaluated evaluated) throws PrivateInferenceException {
    try (EncryptedResponse response = evaluated.response()) {
      serverMillis.add(evaluated.millis());
      responseBytes = response.sizeBytes();
      long start = System.nanoTime();
      answers.add(client.decrypt(response));
      decryptMillis += Stopwatch.millisSince(start);
    }
  }

  /** The decrypted tensor of all rows. */
  Tensor core() {
    int columns = answers.get(0).rowSize();
    int rows = answers.stream().mapToInt(Tensor::rows).sum();
    float[] values = new float[rows * columns];
    int position = 0;
    for (Tensor answer : answers) {
      System.arraycopy(answer.values(), 0, values, position, answer.rows() * columns);
      position += answer.rows() * columns;
    }
    return Tensor.of(new int[] {rows, columns}, values);
  }

  double encryptMillis() {
    return encryptMillis;
  }

  double decryptMillis() {
    return decryptMillis;
  }

  List<Double> serverMillis() {
    return List.copyOf(serverMillis);
  }

  long requestBytes() {
    return requestBytes;
  }

  long responseBytes() {
    return responseBytes;
  }

  long evaluationKeyBytes() {
    return keys.seededSizeBytes();
  }

  @Override
  public void close() {
    server.close();
    keys.close();
    client.close();
    context.close();
  }
}
