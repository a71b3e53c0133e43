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
      print(spec, options, Map.of("epsilon", epsilon), "epsilon", noise, delta);
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
      print(spec, options, Map.of("epsilon", epsilon), "delta", noise, delta);
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
      print(spec, options, Map.of("epsilon", epsilon), "noise", noise, delta);
      PrivacyPlot.epsilonBySteps(options, noise, delta);
      return 0;
    }
  }

  private static void print(
      CommandSpec spec,
      PrivacyOptions options,
      Map<String, Double> epsilon,
      String quantity,
      double noise,
      double delta) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("quantity", quantity);
    answer.put("noise", noise);
    answer.putAll(epsilon);
    answer.put("delta", delta);
    answer.put("value", answer.get(quantity));
    answer.put("rate", options.rate);
    answer.put("steps", options.steps);
    answer.put("adjacency", options.adjacency.name().toLowerCase(Locale.ROOT));
    answer.put("accountant", options.accountant.name().toLowerCase(Locale.ROOT));
    PrintWriter out = spec.commandLine().getOut();
    if (options.json) {
      out.println(Json.line(answer));
    } else {
      out.printf(
          Locale.ROOT,
          "%s %.6g: one record (%s) changes no probability by more than exp(%.6g), but for %.6g%n",
          quantity,
          roundedUp(number(answer, quantity)),
          answer.get("adjacency"),
          roundedUp(number(answer, "epsilon")),
          roundedUp(delta));
    }
    out.flush();
  }

  private static double number(Map<String, Object> answer, String name) {
    return answer.get(name) instanceof Double value ? value : Double.NaN;
  }

  /** To six digits, as they are printed: what is printed is a bound too. */
  static double roundedUp(double value) {
    if (!Double.isFinite(value)) {
      return value;
    }
    return BigDecimal.valueOf(value).round(new MathContext(6, RoundingMode.CEILING)).doubleValue();
  }
}
