package io.silenda.infer;

import io.silenda.he.wire.ServerKeys;
import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
    ByteArrayOutputStream keyBytes = new ByteArrayOutputStream();
    own(
        () -> {
          client.writeEvaluationKeys(keyBytes);
          return keyBytes;
        });
    progress.update("keys", 1, 1);
    progress.update("weights", 0, 1);
    this.server = new Server(compiled.serverBundle());
    this.keys = own(() -> server.readKeys(new ByteArrayInputStream(keyBytes.toByteArray())));
    progress.update("weights", 1, 1);
  }

  private interface Exchange<T> {
    T run() throws IOException, WireFormatException, PrivateInferenceException;
  }

  /** Memory takes every write, and bytes that this process wrote itself are not refused. */
  private static <T> T own(Exchange<T> exchange) throws PrivateInferenceException {
    try {
      return exchange.run();
    } catch (IOException | WireFormatException e) {
      throw new IllegalStateException("an exchange within the process failed", e);
    }
  }

  void evaluate(Tensor rows, int threads) throws PrivateInferenceException {
    int requests = (rows.rows() - 1) / rowsPerRequest + 1;
    for (int request = 0; request < requests; request++) {
      int first = request * rowsPerRequest;
      int end = (int) Math.min(rows.rows(), (long) first + rowsPerRequest);
      answer(rows.rows(first, end), threads, rows.rows());
    }
  }

  private void answer(Tensor rows, int threads, int allRows) throws PrivateInferenceException {
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
                    threads,
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
