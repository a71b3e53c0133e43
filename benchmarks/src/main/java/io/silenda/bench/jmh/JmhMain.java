package io.silenda.bench.jmh;

import io.silenda.bench.machine.Machine;
import io.silenda.bench.report.BenchFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs benchmarks as JMH's own command line would, and stores what they gave: {@code
 * -Dsilenda.jmh.store=FILE.json}.
 */
public final class JmhMain {
  private JmhMain() {}

  /**
   * Runs them.
   *
   * @param arguments of JMH's command line
   */
  public static void main(String[] arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    run(Path.of(System.getProperty("silenda.jmh.store", "target/jmh.json")), arguments);
  }

  static void run(Path file, String... arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions options = new CommandLineOptions(arguments);
    if (options.shouldList() || options.shouldListWithParams() || options.shouldHelp()) {
      org.openjdk.jmh.Main.main(arguments);
      return;
    }
    Instant taken = Instant.now();
    List<JmhEntry> entries = new ArrayList<>();
    for (RunResult result : new Runner(options).run()) {
      entries.add(entry(result));
    }
    Files.writeString(file, BenchFormat.line(JmhRun.of(taken, Machine.current(), entries)) + "\n");
  }

  /** Of a file its name, not where it lay. */
  static String shown(String parameter) {
    return parameter.substring(parameter.lastIndexOf('/') + 1);
  }

  private static JmhEntry entry(RunResult result) {
    BenchmarkParams benchmark = result.getParams();
    Map<String, String> parameters = new TreeMap<>();
    for (String key : benchmark.getParamsKeys()) {
      parameters.put(key, shown(benchmark.getParam(key)));
    }
    List<Double> scores = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        scores.add(iteration.getPrimaryResult().getScore());
      }
    }
    String[] name = benchmark.getBenchmark().split("\\.");
    return new JmhEntry(
        String.join(".", Arrays.asList(name).subList(name.length - 2, name.length)),
        parameters,
        result.getPrimaryResult().getScoreUnit(),
        scores);
  }
}
