package io.silenda.cli;

import io.silenda.infer.CompileOptions;
import io.silenda.infer.Sharing;
import io.silenda.infer.schedule.Flooding;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What answers are to hide, for commands that compile. */
final class AnswerOptions {
  @Option(
      names = "--circuit-privacy",
      paramLabel = "BITS",
      arity = "0..1",
      fallbackValue = "" + Flooding.DEFAULT_BITS,
      description =
          "flood answers with noise, so that theirs tells no more of the weights than a statistical"
              + " distance of 2^-BITS (${FALLBACK-VALUE} if no number is given; default: off)")
  private Optional<Integer> bits = Optional.empty();

  @Option(
      names = "--share",
      paramLabel = "N",
      description =
          "make answers so exact that N of them can be flooded and shown to others (decrypt --share;"
              + " needs --share-error)")
  private Optional<Long> shared = Optional.empty();

  @Option(
      names = "--share-error",
      paramLabel = "E",
      description = "largest error that shared values may have")
  private Optional<Double> sharedError = Optional.empty();

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** Options with what was asked for. */
  CompileOptions addTo(CompileOptions options) {
    if (shared.isPresent() != sharedError.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--share and --share-error need each other");
    }
    try {
      CompileOptions added =
          bits.isPresent() ? options.withFlooding(new Flooding(bits.get())) : options;
      return shared.isPresent()
          ? added.withSharing(
              new Sharing(Sharing.MIN_STATISTICAL_BITS, shared.get(), sharedError.get()))
          : added;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
