package io.silenda.bench.peers;

import java.nio.file.Path;

/**
 * Where peers are.
 *
 * @param scripts folder of scripts and their requirements
 * @param environments folder of virtual environments, made where they are missing
 */
public record PeerFolders(Path scripts, Path environments) {

  /** The scripts of this repository, and the user's cache. */
  public static PeerFolders standard(Path home) {
    return new PeerFolders(
        home.resolve("benchmarks").resolve("peers"),
        Path.of(System.getProperty("user.home"), ".cache", "silenda", "peers"));
  }
}
