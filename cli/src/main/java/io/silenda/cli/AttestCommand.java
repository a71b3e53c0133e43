package io.silenda.cli;

import picocli.CommandLine.Command;

/** {@code silenda attest}. */
@Command(
    name = "attest",
    description = "Remote attestation: verify evidence, explain policies, measure workers.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AttestVerifyCommand.class,
      AttestPolicyCommand.class,
      AttestMeasureCommand.class
    })
final class AttestCommand {}
