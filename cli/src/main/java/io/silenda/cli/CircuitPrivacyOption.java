package io.silenda.cli;

import io.silenda.infer.CompileOptions;
import io.silenda.infer.schedule.Flooding;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Flooding of answers, for commands that compile. */
final class CircuitPrivacyOption {
  @Option(
      names = "--circuit-privacy",
      paramLabel = "BITS",
      arity = "0..1",
      fallbackValue = "" + Flooding.DEFAULT_BITS,
      description =
          "flood answers with noise, so that theirs tells no more of the weights than a statistical"
              + " distance of 2^-BITS (${FALLBACK-VALUE} if no number is given; default: off)")
  private Optional<Integer> bits = Optional.empty();

  /**
   * Options with what was asked for.
   *
   * @throws IllegalArgumentException if the number of bits is out of range
   */
  CompileOptions addTo(CompileOptions options) {
    return bits.isPresent() ? options.withFlooding(new Flooding(bits.get())) : options;
  }
}
