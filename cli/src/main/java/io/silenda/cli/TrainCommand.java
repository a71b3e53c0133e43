package io.silenda.cli;

import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.report.JobResult;
import io.silenda.dp.report.ModelCard;
import io.silenda.dp.run.PreparedRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda train}. */
@Command(
    name = "train",
    description = "Train a network with differential privacy, as a job file says.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "DIR gets model.onnx and model-card.md and .json, which may be published, and",
      "local-report.html and .json, which may not: they show what private rows decided.",
      "Steps are charged to the job's ledger before they run. An interrupt leaves a checkpoint.",
      "",
      "Example: silenda train examples/digits/small.yaml -o digits"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB.yaml", description = "the job")
  private Path jobFile;

  @Option(names = "-o", required = true, paramLabel = "DIR", description = "where results go")
  private Path directory;

  @Option(names = "--resume", description = "go on from the checkpoint in DIR")
  private boolean resume;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PreparedRun run = PreparedRun.of(TrainingJob.read(jobFile), directory, resume);
    Optional<JobResult> result;
    try (Interrupts interrupts = Interrupts.watch();
        TrainProgress progress = new TrainProgress(run.stepsDone())) {
      result = run.run(progress, interrupts::requested);
    }
    if (result.isEmpty()) {
      throw new Refusal(
          "interrupted; go on with: silenda train " + jobFile + " --resume -o " + directory);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(members(result.get())));
    } else {
      print(result.get(), out);
    }
    out.flush();
    return 0;
  }

  private Map<String, Object> members(JobResult result) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("card", ModelCard.members(result));
    members.put("model", directory.resolve("model.onnx").toString());
    members.put("ledger", result.job().privacy().ledger().toString());
    members.put("ledger_epsilon_spent", result.local().ledgerSpent());
    members.put("ledger_epsilon_budget", result.job().privacy().budget().epsilon());
    return members;
  }

  private void print(JobResult result, PrintWriter out) {
    out.println("guarantee   " + result.guarantee().text());
    out.printf(
        Locale.ROOT,
        "privacy     %d steps at noise %.4g, %s, accountant PLD%n",
        result.guarantee().chargedSteps(),
        result.noiseMultiplier(),
        result.job().privacy().mechanism().text());
    out.printf(
        Locale.ROOT,
        "ledger      %s: epsilon %.4g of %.4g is spent on these data%n",
        result.job().privacy().ledger(),
        result.local().ledgerSpent(),
        result.job().privacy().budget().epsilon());
    result
        .publicAccuracy()
        .ifPresent(value -> out.printf(Locale.ROOT, "quality     %.4f on public rows%n", value));
    out.printf(
        Locale.ROOT,
        "local       %.4f on private rows: local, not private%n",
        result.local().accuracy());
    out.println("model       " + directory.resolve("model.onnx") + ", model-card.md (to publish)");
    out.println("report      " + directory.resolve("local-report.html") + " (not to publish)");
    out.println("next        " + next(result));
  }

  private String next(JobResult result) {
    Path model = directory.resolve("model.onnx");
    if (result.network().features().isPresent()) {
      return "silenda infer "
          + model
          + " --mode plain or enclave: scattering takes moduli, so that it does not run encrypted";
    }
    return "silenda compile "
        + model
        + " --calibration "
        + (result.publicAccuracy().isPresent()
            ? directory.resolve("calibration.npy")
            : "PUBLIC.npy")
        + " -o COMPILED";
  }
}
