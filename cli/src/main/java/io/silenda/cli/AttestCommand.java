package io.silenda.cli;

import picocli.CommandLine.Command;

/** {@code silenda attest}. */
@Command(
    name = "attest",
    description =
        "Remote attestation: produce and verify evidence, explain policies, measure workers.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AttestVerifyCommand.class,
      AttestPolicyCommand.class,
      AttestEvidenceCommand.class,
      AttestMeasureCommand.class
    })
final class AttestCommand {}
