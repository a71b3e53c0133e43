package io.silenda.infer.enclave;

import com.sun.net.httpserver.HttpServer;
import io.silenda.infer.enclave.pipe.Message;
import io.silenda.infer.enclave.pipe.MessagePipe;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Prints what sealing costs: the same model on the same rows over loopback HTTP and pipes, in
 * turns, in a measured worker and in a process of its own without any protection.
 *
 * <p>Arguments: MODEL.onnx, row size, rows a request, rounds.
 */
final class SealedRatioMain {
  private SealedRatioMain() {}

  public static void main(String[] arguments) throws Exception {
    Path model = Path.of(arguments[0]);
    int columns = Integer.parseInt(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    Tensor rows = random(count, columns);
    WorkerOptions options = WorkerOptions.STRICT;
    Process process = plainWorker(model);
    MessagePipe pipe = new MessagePipe(process.getInputStream(), process.getOutputStream());
    HttpServer plainServer = plainServer(pipe);
    try (WorkerInstallation installation = WorkerInstallation.of(model, options);
        Workers.Running worker = Workers.start(installation, options);
        EnclaveClient client = worker.connect(installation.measure(), options)) {
      URI plain = URI.create("http://127.0.0.1:" + plainServer.getAddress().getPort() + "/");
      HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      double[] sealedMillis = new double[rounds];
      double[] plainMillis = new double[rounds];
      Cpu cpu = new Cpu(worker.host.workerPid(), process.pid());
      for (int round = -rounds; round < rounds; round++) {
        if (round == 0) {
          cpu.start();
        }
        long start = System.nanoTime();
        Tensor sealedOutput = client.infer(rows).output();
        long middle = System.nanoTime();
        Tensor plainOutput = ask(http, plain, rows);
        long end = System.nanoTime();
        if (!sealedOutput.equals(plainOutput)) {
          throw new IllegalStateException("the outputs differ");
        }
        if (round >= 0) {
          sealedMillis[round] = (middle - start) / 1e6;
          plainMillis[round] = (end - middle) / 1e6;
        }
      }
      print(sealedMillis, plainMillis);
      cpu.print(rounds);
    } finally {
      process.destroyForcibly();
      plainServer.stop(0);
    }
  }

  private static void print(double[] sealedMillis, double[] plainMillis) {
    double[] ratios = new double[sealedMillis.length];
    Arrays.setAll(ratios, i -> sealedMillis[i] / plainMillis[i]);
    System.out.printf(
        Locale.ROOT,
        "sealed %.2f ms, plain %.2f ms, ratio of rounds: quartiles %.3f %.3f %.3f%n",
        quantile(sealedMillis, 2),
        quantile(plainMillis, 2),
        quantile(ratios, 1),
        quantile(ratios, 2),
        quantile(ratios, 3));
  }

  /** Processor time of both workers, which does not depend on what else runs on the machine. */
  private static final class Cpu {
    private final long sealedPid;
    private final long plainPid;
    private long sealedStart;
    private long plainStart;

    Cpu(long sealedPid, long plainPid) {
      this.sealedPid = sealedPid;
      this.plainPid = plainPid;
    }

    void start() throws IOException {
      sealedStart = ticks(sealedPid);
      plainStart = ticks(plainPid);
    }

    void print(int rounds) throws IOException {
      double sealed = (double) (ticks(sealedPid) - sealedStart);
      double plain = (double) (ticks(plainPid) - plainStart);
      System.out.printf(
          Locale.ROOT,
          "processor time of the workers without compilers: sealed %.2f ms, plain %.2f ms a request, ratio %.3f%n",
          10 * sealed / rounds,
          10 * plain / rounds,
          sealed / plain);
    }

    /**
     * Hundredths of a second in user and kernel mode (proc(5)) of all threads but the compilers':
     * they work for requests to come, and longer the more code there is.
     */
    private static long ticks(long pid) throws IOException {
      long ticks = 0;
      try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
        for (Path thread : threads.toList()) {
          String stat = Files.readString(thread.resolve("stat"));
          int nameEnd = stat.lastIndexOf(')');
          if (!stat.substring(stat.indexOf('('), nameEnd).matches("\\(C[12] Comp.*")) {
            String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
          }
        }
      }
      return ticks;
    }
  }

  private static double quantile(double[] values, int quarter) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length * quarter / 4];
  }

  private static Tensor ask(HttpClient http, URI uri, Tensor rows) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .POST(HttpRequest.BodyPublishers.ofByteArray(TensorContent.encode(rows)))
            .build();
    return TensorContent.decode(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  private static HttpServer plainServer(MessagePipe pipe) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            pipe.write(Message.Kind.SEALED, exchange.getRequestBody().readAllBytes());
            byte[] answer = pipe.read().body();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    return server;
  }

  private static Process plainWorker(Path model) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            PlainWorkerMain.class.getName(),
            model.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Tensor random(int count, int columns) {
    float[] values = new float[count * columns];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.of(new int[] {count, columns}, values);
  }
}
