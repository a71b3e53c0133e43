package io.silenda.cli;

import io.silenda.bench.learning.TrainingBench;
import io.silenda.bench.learning.TrainingCosts;
import io.silenda.bench.peers.PeerFolders;
import io.silenda.bench.report.BenchFormat;
import io.silenda.bench.report.TrainingFiles;
import io.silenda.bench.report.TrainingMarkdown;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda bench training}. */
@Command(
    name = "training",
    description = "What privacy costs in training: epsilon against accuracy and samples a second.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "One network on records with planted classes, trained with and without privacy in turns.",
      "DIR/training.json holds every sample, DIR/training.html charts.",
      "",
      "Example: silenda bench training --quick -o bench"
    })
final class BenchTrainingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--peers-cache",
      paramLabel = "DIR",
      description = "Python environments of other libraries (default: in the user's cache)")
  private Optional<Path> peersCache = Optional.empty();

  @Option(names = "--quick", description = "few rounds and values of epsilon")
  private boolean quick;

  @Option(names = "-o", required = true, paramLabel = "DIR", description = "where the report goes")
  private Path folder;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PeerFolders standard =
        PeerFolders.standard(Path.of(System.getProperty("silenda.home", ".")).toAbsolutePath());
    PeerFolders folders =
        peersCache
            .map(cache -> new PeerFolders(standard.scripts(), cache.toAbsolutePath()))
            .orElse(standard);
    TrainingCosts run;
    try (ConsoleProgress progress = new ConsoleProgress()) {
      run = new TrainingBench(quick, folders).run(progress);
    }
    TrainingFiles.write(run, folder);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(BenchFormat.line(run));
    } else {
      out.println(TrainingMarkdown.of(run));
      out.println("report   " + folder.resolve("training.html"));
    }
    out.flush();
    return 0;
  }
}
