package io.silenda.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns any failure into one line on stderr and exit code 1. */
final class OneLineFailure implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parseResult) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    commandLine.getErr().println("silenda: " + message.lines().findFirst().orElse(message));
    if (System.getenv("SILENDA_STACKTRACE") != null) {
      failure.printStackTrace(commandLine.getErr());
    }
    return 1;
  }
}
