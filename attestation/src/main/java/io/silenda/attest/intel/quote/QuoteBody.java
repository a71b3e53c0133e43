package io.silenda.attest.intel.quote;

/** What a quote is about. */
public sealed interface QuoteBody permits EnclaveReport, TdReport {}
