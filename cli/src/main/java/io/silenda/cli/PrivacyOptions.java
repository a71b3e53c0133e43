package io.silenda.cli;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import picocli.CommandLine.Option;

/** The mechanism of the friendly form: Poisson-sampled normal noise, some number of times. */
final class PrivacyOptions {
  /** Which bound is asked. */
  enum Accountant {
    PLD,
    RDP
  }

  @Option(
      names = "--rate",
      defaultValue = "1",
      paramLabel = "Q",
      description = "Poisson sampling rate: expected batch over records (default: 1, no sampling)")
  double rate;

  @Option(names = "--steps", defaultValue = "1", description = "noisy steps (default: 1)")
  long steps;

  @Option(
      names = "--adjacency",
      defaultValue = "ADD_REMOVE",
      description = "${COMPLETION-CANDIDATES} (default: ADD_REMOVE)")
  Adjacency adjacency;

  @Option(
      names = "--accountant",
      defaultValue = "PLD",
      description = "${COMPLETION-CANDIDATES} (default: PLD, the tight one)")
  Accountant accountant;

  @Option(names = "--json", description = "print one JSON object")
  boolean json;

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg|png",
      description = "draw the answer over the steps, or delta over epsilon")
  java.nio.file.Path plot;

  PrivacyEvent event(double noise, long count) {
    return new PoissonSampled(rate, new Gaussian(noise)).times(count);
  }

  PrivacyAccountant chosen() {
    return accountant == Accountant.PLD ? PrivacyAccountant.pld() : PrivacyAccountant.rdp();
  }
}
