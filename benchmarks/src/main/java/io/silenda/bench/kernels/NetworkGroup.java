package io.silenda.bench.kernels;

import io.silenda.bench.measure.Resources;
import io.silenda.he.wire.ServerKeys;
import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.Client;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.Progress;
import io.silenda.infer.RequestTicket;
import io.silenda.infer.Server;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server's computation for one request to a network, on both evaluators. */
record NetworkGroup(Path folder, Network network) implements CaseGroup {
  private static final double TOLERANCE = 0.1;

  @Override
  public String name() {
    return "network " + network.model();
  }

  @Override
  public List<KernelCase> open(Resources resources) throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(folder.resolve(network.model() + ".onnx"));
    CompiledModel compiled = model.compile(CompileOptions.automatic());
    Tensor rows = rows(compiled.clientBundle().rowsPerRequest());
    Client client = resources.own(Client.create(compiled.clientBundle()));
    byte[] keys = write(client::writeEvaluationKeys);
    Side seal = resources.own(new Side(Server.onReferenceEvaluator(compiled.serverBundle()), keys));
    Side own = resources.own(new Side(new Server(compiled.serverBundle()), keys));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    RequestTicket ticket = client.encrypt(model.conform(rows), request, Progress.NONE);
    byte[] sent = request.toByteArray();
    requireAgreement(client, ticket, seal.response(sent), own.response(sent));
    return List.of(
        new KernelCase(
            "network",
            parameters(compiled, rows.rows()),
            repetitions -> seal.nanos(sent, repetitions),
            repetitions -> own.nanos(sent, repetitions),
            Optional.of(new Work(own.streamedBytes(), 0))));
  }

  private Tensor rows(int count) throws NpyFormatException {
    Tensor all = Npy.read(folder.resolve(network.rowsFile()));
    Tensor some = all.rows(0, Math.min(count, all.rows()));
    float[] values = some.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= network.divisor();
    }
    return Tensor.of(some.shape(), values);
  }

  private Map<String, Object> parameters(CompiledModel compiled, int rows) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("degree", compiled.parameters().polyModulusDegree());
    parameters.put("data_primes", compiled.parameters().dataPrimeBits().size());
    parameters.put("model", network.model());
    parameters.put("rows", rows);
    return parameters;
  }

  private interface Output {
    void writeTo(ByteArrayOutputStream out) throws IOException;
  }

  private static byte[] write(Output output) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    output.writeTo(bytes);
    return bytes.toByteArray();
  }

  private static void requireAgreement(Client client, RequestTicket ticket, byte[] seal, byte[] own)
      throws Exception {
    float[] expected = decrypt(client, ticket, seal);
    float[] actual = decrypt(client, ticket, own);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) {
        throw new IllegalStateException("logit " + i + ": " + actual[i] + ", not " + expected[i]);
      }
    }
  }

  private static float[] decrypt(Client client, RequestTicket ticket, byte[] response)
      throws Exception {
    return client
        .decrypt(new ByteArrayInputStream(response), ticket, Progress.NONE)
        .core()
        .values();
  }

  /** A server and the client's keys. */
  private static final class Side implements AutoCloseable {
    private final Server server;
    private final ServerKeys keys;

    Side(Server server, byte[] keyBytes) throws IOException, WireFormatException {
      this.server = server;
      this.keys = server.readKeys(new ByteArrayInputStream(keyBytes));
    }

    byte[] response(byte[] request) throws IOException, WireFormatException {
      ByteArrayOutputStream response = new ByteArrayOutputStream();
      server.answer(new ByteArrayInputStream(request), keys, response, 1, Progress.NONE);
      return response.toByteArray();
    }

    /** Computation alone, on a thread of the server: by the clock on the wall. */
    long nanos(byte[] request, int repetitions) {
      double millis = 0;
      for (int i = 0; i < repetitions; i++) {
        millis += computeMillis(request);
      }
      return (long) (millis * 1e6);
    }

    private double computeMillis(byte[] request) {
      try {
        List<Double> parts =
            server.answer(
                new ByteArrayInputStream(request),
                keys,
                new ByteArrayOutputStream(),
                1,
                Progress.NONE);
        return parts.stream().mapToDouble(Double::doubleValue).sum();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (WireFormatException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Keys and weights: each is read at least once for an answer. */
    double streamedBytes() {
      return (double) server.weightBytes() + keys.evaluationKeys().nativeBytes();
    }

    @Override
    public void close() {
      keys.close();
      server.close();
    }
  }
}
