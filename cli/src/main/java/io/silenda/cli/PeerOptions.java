package io.silenda.cli;

import io.silenda.bench.peers.PeerFolders;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where other libraries are run from. */
final class PeerOptions {
  @Option(
      names = "--peers-cache",
      paramLabel = "DIR",
      description = "Python environments of other libraries (default: in the user's cache)")
  private Optional<Path> cache = Optional.empty();

  PeerFolders folders() {
    PeerFolders standard =
        PeerFolders.standard(Path.of(System.getProperty("silenda.home", ".")).toAbsolutePath());
    return cache
        .map(folder -> new PeerFolders(standard.scripts(), folder.toAbsolutePath()))
        .orElse(standard);
  }
}
