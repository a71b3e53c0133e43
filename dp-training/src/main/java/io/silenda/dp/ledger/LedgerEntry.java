package io.silenda.dp.ledger;

import io.silenda.dp.accounting.PrivacyEvent;

/** One charge: the job's name and what it was about to do. */
public record LedgerEntry(String job, PrivacyEvent event) {}
