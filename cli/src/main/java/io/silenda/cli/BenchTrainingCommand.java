package io.silenda.cli;

import io.silenda.bench.report.BenchFormat;
import io.silenda.bench.report.TrainingFiles;
import io.silenda.bench.report.TrainingMarkdown;
import io.silenda.bench.training.TrainingBench;
import io.silenda.bench.training.TrainingCosts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code silenda bench training}. */
@Command(
    name = "training",
    description = "What privacy costs in training: epsilon against accuracy and samples a second.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "One network on records with planted classes, trained with and without privacy in turns; then",
      "steps of three networks of MNIST's shape, the same way.",
      "DIR/training.json holds every sample, DIR/training.html charts.",
      "",
      "Example: silenda bench training --quick -o bench"
    })
final class BenchTrainingCommand implements Callable<Integer> {
  @Mixin private PeerOptions peers = new PeerOptions();

  @Option(names = "--quick", description = "few rounds and values of epsilon")
  private boolean quick;

  @Mixin private BenchOutput output = new BenchOutput();

  @Override
  public Integer call() throws Exception {
    TrainingCosts run;
    try (ConsoleProgress progress = new ConsoleProgress()) {
      run = new TrainingBench(quick, peers.folders()).run(progress);
    }
    TrainingFiles.write(run, output.folder());
    output.print(BenchFormat.line(run), TrainingMarkdown.of(run), "training.html");
    return 0;
  }
}
