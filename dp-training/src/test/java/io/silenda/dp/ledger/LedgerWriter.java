package io.silenda.dp.ledger;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import java.io.FileOutputStream;
import java.nio.file.Path;

/**
 * A process that charges until it is killed or refused, and acknowledges every charge that
 * returned.
 */
final class LedgerWriter {
  static final DataSetIdentity DATA = new DataSetIdentity("rows", "ab".repeat(32));
  static final Budget BUDGET = new Budget(1e6, 1e-5, Adjacency.ADD_REMOVE);
  static final Gaussian EVENT = new Gaussian(100);

  private LedgerWriter() {}

  public static void main(String[] arguments) throws Exception {
    PrivacyLedger ledger = PrivacyLedger.open(Path.of(arguments[0]), DATA, BUDGET);
    try (FileOutputStream acknowledged = new FileOutputStream(arguments[1], true)) {
      for (int i = 0; i < 100_000; i++) {
        ledger.charge("writer", EVENT);
        acknowledged.write('+');
      }
    }
  }
}
