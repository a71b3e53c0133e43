package io.silenda.cli;

import picocli.CommandLine.Command;

/** {@code silenda attest}. */
@Command(
    name = "attest",
    description =
        "Remote attestation: produce and verify evidence, explain policies, measure workers,"
            + " check receipts, seal models.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AttestVerifyCommand.class,
      AttestPolicyCommand.class,
      AttestEvidenceCommand.class,
      AttestMeasureCommand.class,
      AttestReceiptCommand.class,
      AttestSealModelCommand.class
    })
final class AttestCommand {}
