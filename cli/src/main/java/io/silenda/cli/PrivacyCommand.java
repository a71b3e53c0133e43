package io.silenda.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code silenda privacy}. */
@Command(
    name = "privacy",
    description = "Say what a mechanism costs: epsilon, delta, or the noise that a target needs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[epsilon|delta|noise]",
    subcommands = {
      PrivacyQuestions.EpsilonCommand.class,
      PrivacyQuestions.DeltaCommand.class,
      PrivacyQuestions.NoiseCommand.class
    },
    footer = {
      "",
      "Example: silenda privacy epsilon --noise 1.1 --rate 0.004 --steps 10000 --delta 1e-5",
      "         silenda privacy noise --epsilon 3 --rate 0.004 --steps 10000 --delta 1e-5"
    })
final class PrivacyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--batch",
      paramLabel = "REQUESTS.jsonl",
      description = "one request a line; answers in order, one JSON object a line")
  private Path batch;

  @Override
  public Integer call() throws Exception {
    if (batch == null) {
      throw new ParameterException(
          spec.commandLine(), "give --batch, or one of epsilon, delta, noise");
    }
    PrivacyBatch.answer(batch, spec.commandLine().getOut());
    return 0;
  }
}
