package io.silenda.cli;

import picocli.CommandLine.Command;

/** {@code silenda bench}. */
@Command(
    name = "bench",
    description = "Measure what private machine learning costs on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "SUITE",
    subcommands = {
      BenchKernelsCommand.class,
      BenchOverheadCommand.class,
      BenchTrainingCommand.class,
      BenchCompareCommand.class,
      BenchReportCommand.class
    })
final class BenchCommand {}
