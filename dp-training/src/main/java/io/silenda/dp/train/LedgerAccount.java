package io.silenda.dp.train;

import io.silenda.dp.ledger.PrivacyLedger;

/**
 * Where a run is charged.
 *
 * @param job name in the ledger
 * @param stepsPerEntry steps that are charged at once, before the first of them: the more, the
 *     fewer entries, and the more is lost in a crash
 */
record LedgerAccount(PrivacyLedger ledger, String job, long stepsPerEntry) {}
