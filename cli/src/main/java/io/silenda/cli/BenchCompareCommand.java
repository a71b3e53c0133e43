package io.silenda.cli;

import io.silenda.bench.compare.CompareText;
import io.silenda.bench.compare.RegressionGate;
import io.silenda.bench.compare.StoredRun;
import io.silenda.bench.compare.Verdict;
import io.silenda.bench.report.BenchFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda bench compare}. */
@Command(
    name = "compare",
    description = "Find what became slower between two runs of a suite.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Only ratios to the baseline that ran in turns with each operation are compared. Exit code 1:",
      "something became slower by more than --allowance; where nothing did, that happens in at most",
      "--false-alarms of all pairs of runs, if what all of a run shares varies by --run-deviation.",
      "",
      "Example: silenda bench compare old/kernels.json new/kernels.json"
    })
final class BenchCompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "a stored run")
  private Path before;

  @Parameters(index = "1", paramLabel = "NEW", description = "a later one of the same suite")
  private Path after;

  @Option(
      names = "--allowance",
      paramLabel = "A",
      description = "slowdown that is no alarm (default: ${DEFAULT-VALUE})")
  private double allowance = RegressionGate.standard().allowance();

  @Option(
      names = "--false-alarms",
      paramLabel = "P",
      description =
          "bound on the probability of an alarm where none is due (default: ${DEFAULT-VALUE})")
  private double falseAlarms = RegressionGate.standard().falseAlarmRate();

  @Option(
      names = "--run-deviation",
      paramLabel = "S",
      description =
          "standard deviation between runs of the same code, in natural logarithms (default:"
              + " ${DEFAULT-VALUE})")
  private double runDeviation = RegressionGate.standard().runDeviation();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StoredRun old = StoredRun.read(before);
    StoredRun now = StoredRun.read(after);
    Verdict verdict = new RegressionGate(falseAlarms, allowance, runDeviation).judge(old, now);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(BenchFormat.line(verdict));
    } else {
      CompareText.print(old, now, verdict, out);
    }
    out.flush();
    return verdict.isRegression() ? 1 : 0;
  }
}
