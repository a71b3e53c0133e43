package io.silenda.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the owner and the client of a sealed model have beside it. */
final class SealedModelOptions {
  @Option(
      names = "--model-key",
      paramLabel = "F",
      description = "enclave, sealed model: its key, released to the worker once it is appraised")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--seen",
      paramLabel = "F",
      description =
          "enclave, sealed model: remembers the newest version seen; begins as seal-model's"
              + " model.head; an older or another model is refused")
  private Optional<Path> seen = Optional.empty();

  @Option(
      names = "--release-log",
      paramLabel = "F",
      description = "enclave, sealed model: log of released keys; default: releases.log by the key")
  private Optional<Path> releaseLog = Optional.empty();

  @Mixin private PassphraseOptions passphrase;

  Path key() throws Refusal {
    return key.orElseThrow(() -> new Refusal("a sealed model needs --model-key, its owner's file"));
  }

  Path seen() throws Refusal {
    return seen.orElseThrow(
        () ->
            new Refusal(
                "a sealed model needs --seen, the file that remembers its newest version: begin"
                    + " with a copy of the owner's model.head"));
  }

  Path releaseLog() throws Refusal {
    return releaseLog.isPresent() ? releaseLog.get() : key().resolveSibling("releases.log");
  }

  PassphraseOptions passphrase() {
    return passphrase;
  }
}
