package io.silenda.infer;

import io.silenda.he.ComputePool;
import io.silenda.he.wire.ServerKeys;
import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of client and server in one process, which hand each other the bytes that they would
 * send, with times and sizes.
 */
final class EncryptedRun implements AutoCloseable {
  /** Parts of a request that wait in memory; more rows make more requests. */
  private static final int PARTS_PER_REQUEST = 32;

  private final Client client;
  private final Server server;
  private final ServerKeys keys;
  private final int rowsPerRequest;
  private final Progress progress;
  private final List<Tensor> answers = new ArrayList<>();
  private final List<Double> serverMillis = new ArrayList<>();
  private double encryptMillis;
  private double decryptMillis;

  EncryptedRun(CompiledModel compiled, Progress progress) throws PrivateInferenceException {
    this.progress = progress;
    this.rowsPerRequest = compiled.clientBundle().rowsPerRequest() * PARTS_PER_REQUEST;
    progress.update("keys", 0, 1);
    this.client = Client.create(compiled.clientBundle());
    @Nullable Server created = null;
    try {
      progress.update("weights", 0, 1);
      created = new Server(compiled.serverBundle());
      Server reader = created;
      this.keys = own(() -> exchangeKeys(client, reader));
      this.server = created;
      progress.update("weights", 1, 1);
    } catch (PrivateInferenceException | RuntimeException | Error e) {
      if (created != null) {
        created.close();
      }
      client.close();
      throw e;
    }
  }

  /** Through a file: keys of large rings do not fit into an array. */
  private static ServerKeys exchangeKeys(Client client, Server server)
      throws IOException, WireFormatException {
    Path file = Files.createTempFile("silenda-", ".keys");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        client.writeEvaluationKeys(out);
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return server.readKeys(in);
      }
    } finally {
      Files.delete(file);
    }
  }

  private interface Exchange<T> {
    T run() throws IOException, WireFormatException, PrivateInferenceException;
  }

  /** Bytes that this process wrote itself are not refused, or something is wrong with it. */
  private static <T> T own(Exchange<T> exchange) throws PrivateInferenceException {
    try {
      return exchange.run();
    } catch (WireFormatException e) {
      throw new IllegalStateException("bytes of our own were refused: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("temporary file of keys: " + e.getMessage(), e);
    }
  }

  void evaluate(Tensor rows, int threads) throws PrivateInferenceException {
    int requests = (rows.rows() - 1) / rowsPerRequest + 1;
    try (ComputePool pool = ComputePool.ofThreads(threads)) {
      for (int request = 0; request < requests; request++) {
        int first = request * rowsPerRequest;
        int end = (int) Math.min(rows.rows(), (long) first + rowsPerRequest);
        answer(rows.rows(first, end), pool, rows.rows());
      }
    }
  }

  private void answer(Tensor rows, ComputePool pool, int allRows) throws PrivateInferenceException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    long start = System.nanoTime();
    RequestTicket ticket = own(() -> client.encrypt(rows, request, Progress.NONE));
    encryptMillis += Stopwatch.millisSince(start);
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    ByteArrayInputStream sent = new ByteArrayInputStream(request.toByteArray());
    int partsBefore = serverMillis.size();
    int parts = (allRows - 1) / ticket.rowsPerPart() + 1;
    serverMillis.addAll(
        own(
            () ->
                server.answer(
                    sent,
                    keys,
                    response,
                    pool,
                    (phase, done, total) -> progress.update(phase, partsBefore + done, parts))));
    start = System.nanoTime();
    ByteArrayInputStream answer = new ByteArrayInputStream(response.toByteArray());
    answers.add(own(() -> client.decrypt(answer, ticket, Progress.NONE)).core());
    decryptMillis += Stopwatch.millisSince(start);
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

  List<Double> layerMillis() {
    return server.layerMillis();
  }

  long requestBytes() {
    return client.requestPartBytes();
  }

  long responseBytes() {
    return server.responsePartBytes();
  }

  long evaluationKeyBytes() {
    return client.evaluationKeyBytes();
  }

  @Override
  public void close() {
    keys.close();
    server.close();
    client.close();
  }
}
