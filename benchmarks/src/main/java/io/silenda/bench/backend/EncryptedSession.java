package io.silenda.bench.backend;

import io.silenda.he.ComputePool;
import io.silenda.he.NativeMemory;
import io.silenda.he.wire.ServerKeys;
import io.silenda.infer.Client;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.Progress;
import io.silenda.infer.RequestTicket;
import io.silenda.infer.Server;
import io.silenda.infer.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client with keys and a server with weights. */
final class EncryptedSession implements Session {
  private final PrivateModel model;
  private final CompiledModel compiled;
  private final Client client;
  private final long clientBytes;
  private final Server server;
  private final ServerKeys keys;
  private final ComputePool pool;

  private EncryptedSession(
      PrivateModel model,
      CompiledModel compiled,
      Client client,
      long clientBytes,
      Server server,
      ServerKeys keys,
      ComputePool pool) {
    this.model = model;
    this.compiled = compiled;
    this.client = client;
    this.clientBytes = clientBytes;
    this.server = server;
    this.keys = keys;
    this.pool = pool;
  }

  static EncryptedSession open(PrivateModel model, CompiledModel compiled, int threads)
      throws Exception {
    long before = NativeMemory.allocatedBytes();
    Client client = Client.create(compiled.clientBundle());
    long clientBytes = NativeMemory.allocatedBytes() - before;
    Server server = new Server(compiled.serverBundle());
    return new EncryptedSession(
        model,
        compiled,
        client,
        clientBytes,
        server,
        exchangeKeys(client, server),
        ComputePool.ofThreads(threads));
  }

  /** Through a file, as keys of large rings do not fit into an array. */
  private static ServerKeys exchangeKeys(Client client, Server server) throws Exception {
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

  @Override
  public Setup setup() {
    return new Setup(
        compiled.parameters().toString(),
        client.evaluationKeyBytes(),
        clientBytes,
        "the client's secret key and tables",
        false,
        compiled.guarantee());
  }

  @Override
  public Exchange answer(Tensor rows) throws Exception {
    Map<String, Double> phases = new LinkedHashMap<>();
    long start = System.nanoTime();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    RequestTicket ticket = client.encrypt(model.conform(rows), request, Progress.NONE);
    byte[] sent = request.toByteArray();
    long encrypted = System.nanoTime();
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    List<Double> computed =
        server.answer(new ByteArrayInputStream(sent), keys, response, pool, Progress.NONE);
    byte[] received = response.toByteArray();
    long answered = System.nanoTime();
    Tensor core = client.decrypt(new ByteArrayInputStream(received), ticket, Progress.NONE).core();
    long decrypted = System.nanoTime();
    double compute = computed.stream().mapToDouble(Double::doubleValue).sum() * 1e6;
    phases.put("client: encrypt", (double) (encrypted - start));
    // Parts that overlap on several threads add up to more than the clock shows.
    phases.put("server: compute", Math.min(compute, (double) (answered - encrypted)));
    phases.put("server: read and write", Math.max(0, (double) (answered - encrypted) - compute));
    phases.put("client: decrypt", (double) (decrypted - answered));
    return Exchange.of(core, phases, sent.length, received.length);
  }

  @Override
  public void close() {
    pool.close();
    keys.close();
    server.close();
    client.close();
  }
}
