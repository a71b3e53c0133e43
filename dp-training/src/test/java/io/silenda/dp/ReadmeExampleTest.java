package io.silenda.dp;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.ledger.Budget;
import io.silenda.dp.ledger.DataSetIdentity;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.mechanism.GaussianMechanism;
import io.silenda.dp.mechanism.NoiseSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of README.md, run. */
class ReadmeExampleTest {
  @TempDir private Path folder;

  @Test
  void spends() throws Exception {
    assertThat(spend(folder.resolve("ledger"), new double[10])).isBetween(1.5, 3.0);
  }

  static double spend(Path ledgerFile, double[] sumOfClippedGradients) throws Exception {
    var mechanism = GaussianMechanism.of(1.0, 1.1, sumOfClippedGradients.length);
    var step = new PrivacyEvent.PoissonSampled(0.004, mechanism.event());
    double epsilon =
        PrivacyAccountant.pld().epsilon(step.times(10_000), Adjacency.ADD_REMOVE, 1e-5);

    var data = new DataSetIdentity("patients", "0f".repeat(32)); // SHA-256 of the rows
    var ledger = PrivacyLedger.open(ledgerFile, data, new Budget(3, 1e-5, Adjacency.ADD_REMOVE));
    ledger.charge("training", step.times(10_000)); // on the disk before any noise
    try (var source = NoiseSource.secure()) {
      mechanism.release(sumOfClippedGradients, source);
    }
    return epsilon;
  }
}
