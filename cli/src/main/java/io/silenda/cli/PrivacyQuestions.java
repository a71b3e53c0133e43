package io.silenda.cli;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Calibration;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda privacy epsilon}, {@code delta} and {@code noise}. */
final class PrivacyQuestions {
  private PrivacyQuestions() {}

  /** {@code silenda privacy epsilon}. */
  @Command(
      name = "epsilon",
      description = "Epsilon at a delta.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class EpsilonCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--noise", required = true, description = "noise deviation over clipping norm")
    private double noise;

    @Option(names = "--delta", required = true, description = "delta")
    private double delta;

    @Mixin private PrivacyOptions options;

    @Override
    public Integer call() throws AccountingException, IOException {
      double epsilon =
          options.chosen().epsilon(options.event(noise, options.steps), options.adjacency, delta);
      print(spec, options, new Answer("epsilon", epsilon, noise, epsilon, delta));
      PrivacyPlot.epsilonBySteps(options, noise, delta);
      return 0;
    }
  }

  /** {@code silenda privacy delta}. */
  @Command(
      name = "delta",
      description = "Delta at an epsilon.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class DeltaCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--noise", required = true, description = "noise deviation over clipping norm")
    private double noise;

    @Option(names = "--epsilon", required = true, description = "epsilon")
    private double epsilon;

    @Mixin private PrivacyOptions options;

    @Override
    public Integer call() throws AccountingException, IOException {
      double delta =
          options.chosen().delta(options.event(noise, options.steps), options.adjacency, epsilon);
      print(spec, options, new Answer("delta", delta, noise, epsilon, delta));
      PrivacyPlot.deltaByEpsilon(options, noise, epsilon);
      return 0;
    }
  }

  /** {@code silenda privacy noise}. */
  @Command(
      name = "noise",
      description = "Least noise that reaches (epsilon, delta).",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class NoiseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--epsilon", required = true, description = "target epsilon")
    private double epsilon;

    @Option(names = "--delta", required = true, description = "target delta")
    private double delta;

    @Mixin private PrivacyOptions options;

    @Override
    public Integer call() throws AccountingException, IOException {
      double noise =
          Calibration.noise(
              options.chosen(),
              each -> options.event(each, options.steps),
              options.adjacency,
              epsilon,
              delta);
      print(spec, options, new Answer("noise", noise, noise, epsilon, delta));
      PrivacyPlot.epsilonBySteps(options, noise, delta);
      return 0;
    }
  }

  /** What was asked for, and all three that belong together. */
  private record Answer(
      String quantity, double value, double noise, double epsilon, double delta) {}

  private static void print(CommandSpec spec, PrivacyOptions options, Answer answer) {
    String adjacency = options.adjacency.name().toLowerCase(Locale.ROOT);
    PrintWriter out = spec.commandLine().getOut();
    if (options.json) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("quantity", answer.quantity());
      members.put("noise", answer.noise());
      members.put("epsilon", answer.epsilon());
      members.put("delta", answer.delta());
      members.put("value", answer.value());
      members.put("rate", options.rate);
      members.put("steps", options.steps);
      members.put("adjacency", adjacency);
      members.put("accountant", options.accountant.name().toLowerCase(Locale.ROOT));
      out.println(Json.line(members));
    } else {
      out.printf(
          Locale.ROOT,
          "%s %.6g: one record (%s) changes no probability by more than exp(%.6g), but for %.6g%n",
          answer.quantity(),
          roundedUp(answer.value()),
          adjacency,
          roundedUp(answer.epsilon()),
          roundedUp(answer.delta()));
    }
    out.flush();
  }

  /** To six digits, as they are printed: what is printed is a bound too. */
  static double roundedUp(double value) {
    if (!Double.isFinite(value)) {
      return value;
    }
    return BigDecimal.valueOf(value).round(new MathContext(6, RoundingMode.CEILING)).doubleValue();
  }
}
