package io.silenda.cli;

import io.silenda.bench.machine.ProcessMemory;
import io.silenda.he.wire.ServerKeys;
import io.silenda.infer.Server;
import io.silenda.infer.bundle.Bundles;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code silenda evaluate}. */
@Command(
    name = "evaluate",
    description = "Answer a request without seeing it: the server's side alone.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example: silenda evaluate --server server.bundle --evaluation-keys evaluation.keys \\",
      "           --input x.request -o x.response"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int MAX_THREADS = 1024;

  @Spec private CommandSpec spec;

  @Option(names = "--server", required = true, paramLabel = "B", description = "server.bundle")
  private Path serverBundle;

  @Option(
      names = "--evaluation-keys",
      required = true,
      paramLabel = "F",
      description = "the client's evaluation.keys")
  private Path evaluationKeys;

  @Option(names = "--input", required = true, paramLabel = "REQUEST", description = "the request")
  private Path input;

  @Option(names = "-o", required = true, paramLabel = "RESPONSE", description = "the response")
  private Path output;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "1",
      description =
          "threads to compute with, on one ciphertext or several (default: ${DEFAULT-VALUE})")
  private int threads = 1;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new ParameterException(
          spec.commandLine(), "--threads " + threads + " outside 1.." + MAX_THREADS);
    }
    Named.requireFile(evaluationKeys);
    Named.requireFile(input);
    long start = System.nanoTime();
    try (Server server = new Server(Bundles.readServer(serverBundle));
        ServerKeys keys = Named.reading(evaluationKeys, server::readKeys);
        ConsoleProgress progress = new ConsoleProgress()) {
      double setupMillis = (System.nanoTime() - start) / 1e6;
      List<Double> millis = answer(server, keys, progress);
      progress.finish();
      print(millis, setupMillis);
    }
    return 0;
  }

  private List<Double> answer(Server server, ServerKeys keys, ConsoleProgress progress)
      throws Exception {
    return Named.reading(
        input,
        request ->
            Named.writing(
                output, response -> server.answer(request, keys, response, threads, progress)));
  }

  private void print(List<Double> millis, double setupMillis) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("ciphertexts", millis.size());
      object.put("setup_ms", setupMillis);
      object.put("server_compute_ms", millis);
      object.put("response_bytes", Files.size(output));
      object.put("peak_rss_bytes", ProcessMemory.peakResidentBytes());
      out.println(Json.line(object));
    } else {
      double sum = millis.stream().mapToDouble(Double::doubleValue).sum();
      out.printf(
          Locale.ROOT,
          "response    %s: %d ciphertexts, %s; set-up %.0f ms, %.1f ms a ciphertext%n",
          output,
          millis.size(),
          ReportText.bytes(Files.size(output)),
          setupMillis,
          sum / millis.size());
    }
    out.flush();
  }
}
