package io.silenda.dp.ledger;

import io.silenda.dp.accounting.Adjacency;
import java.io.IOException;
import java.nio.file.Path;

/** Ledgers of made-up rows. */
public final class TestLedgers {
  private static final double DELTA = 1e-5;

  private TestLedgers() {}

  /** A ledger that allows epsilon in all. */
  public static PrivacyLedger open(Path file, double epsilon, Adjacency adjacency)
      throws IOException, LedgerException {
    return PrivacyLedger.open(
        file, new DataSetIdentity("blobs", "0f".repeat(32)), new Budget(epsilon, DELTA, adjacency));
  }
}
