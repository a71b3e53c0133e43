package io.silenda.bench.jmh;

import io.silenda.bench.growth.SyntheticNetwork;
import io.silenda.bench.measure.Resources;
import io.silenda.he.wire.ServerKeys;
import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.Answers;
import io.silenda.infer.Client;
import io.silenda.infer.ClientBundle;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.Progress;
import io.silenda.infer.RequestTicket;
import io.silenda.infer.Server;
import io.silenda.infer.ServerBundle;
import io.silenda.infer.bundle.BundleFormatException;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Encrypted inference step by step, by default on two dense layers that are made here: from the
 * ONNX file to the decrypted answer. The baseline is ONNX Runtime on the same row.
 */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class NetworkBenchmark extends Microseconds {
  /** Width of the two layers. */
  @Param("64")
  public int width = 64;

  private Resources resources = new Resources();
  private Path folder = Path.of("");
  private Path model = Path.of("");
  private byte[] keyFrames = {};
  private byte[] request = {};
  private byte[] response = {};

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private PrivateModel imported;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private CompiledModel compiled;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Tensor row;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private PlainModel plain;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Client client;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Server server;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private ServerKeys keys;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private RequestTicket ticket;

  /** Goes the whole way once, and checks the answer. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    resources = new Resources();
    folder = Files.createTempDirectory("network-benchmark");
    model = Path.of(SyntheticNetwork.write(folder, width, 1).model());
    imported = importOnnx();
    compiled = compile();
    Tensor rows = Npy.read(folder.resolve("dense" + width + "x1.npy"));
    row = imported.conform(rows.rows(0, 1));
    plain = resources.own(PlainModel.open(model, imported.graph()));
    client = resources.own(Client.create(compiled.clientBundle()));
    server = resources.own(new Server(compiled.serverBundle()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    client.writeEvaluationKeys(out);
    keyFrames = out.toByteArray();
    keys = resources.own(server.readKeys(new ByteArrayInputStream(keyFrames)));
    out.reset();
    ticket = client.encrypt(row, out, Progress.NONE);
    request = out.toByteArray();
    out.reset();
    server.answer(new ByteArrayInputStream(request), keys, out, 1, Progress.NONE);
    response = out.toByteArray();
    writeServerBundle();
    writeClientBundle();
    requireAgreement();
  }

  private void requireAgreement() throws Exception {
    float[] expected = plain().coreTensor().values();
    float[] actual = decrypt().core().values();
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) < 0.01)) {
        throw new IllegalStateException("logit " + i + ": " + actual[i] + ", not " + expected[i]);
      }
    }
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    resources.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The baseline: ONNX Runtime in the clear. */
  @Benchmark
  public PlainModel.Result plain() throws Exception {
    return plain.run(row);
  }

  /** An ONNX file to a graph. */
  @Benchmark
  public PrivateModel importOnnx() throws OnnxImportException {
    return PrivateModel.fromOnnx(model);
  }

  /** A graph to parameters and a packed program. */
  @Benchmark
  public CompiledModel compile() throws PrivateInferenceException {
    return imported.compile(CompileOptions.automatic().withBatch(1));
  }

  /** A dry run with the noise of encryption. */
  @Benchmark
  public Tensor simulate() {
    return compiled.simulate(row);
  }

  /** A client with keys of its own. */
  @Benchmark
  public void createClient() {
    Client.create(compiled.clientBundle()).close();
  }

  /** A server with its weights encoded. */
  @Benchmark
  public void createServer() {
    new Server(compiled.serverBundle()).close();
  }

  /** Evaluation keys, made and written. */
  @Benchmark
  public void writeEvaluationKeys() throws IOException {
    client.writeEvaluationKeys(OutputStream.nullOutputStream());
  }

  /** The server reads them. */
  @Benchmark
  public void readKeys() throws IOException, WireFormatException {
    server.readKeys(new ByteArrayInputStream(keyFrames)).close();
  }

  /** A row to a request. */
  @Benchmark
  public RequestTicket encrypt() throws IOException, PrivateInferenceException {
    return client.encrypt(row, OutputStream.nullOutputStream(), Progress.NONE);
  }

  /** A request to a response. */
  @Benchmark
  public List<Double> answer() throws IOException, WireFormatException {
    return server.answer(
        new ByteArrayInputStream(request), keys, OutputStream.nullOutputStream(), 1, Progress.NONE);
  }

  /** A response to logits. */
  @Benchmark
  public Answers decrypt() throws IOException, WireFormatException, PrivateInferenceException {
    return client.decrypt(new ByteArrayInputStream(response), ticket, Progress.NONE);
  }

  /** What the server gets, to a file. */
  @Benchmark
  public void writeServerBundle() throws IOException {
    Bundles.write(folder.resolve("server.bundle"), compiled.serverBundle());
  }

  /** What the server gets, from a file. */
  @Benchmark
  public ServerBundle readServerBundle() throws BundleFormatException {
    return Bundles.readServer(folder.resolve("server.bundle"));
  }

  /** What the client gets, to a file. */
  @Benchmark
  public void writeClientBundle() throws IOException {
    Bundles.write(folder.resolve("client.bundle"), compiled.clientBundle());
  }

  /** What the client gets, from a file. */
  @Benchmark
  public ClientBundle readClientBundle() throws BundleFormatException {
    return Bundles.readClient(folder.resolve("client.bundle"));
  }
}
