package io.silenda.attest.worker;

import io.silenda.attest.worker.WorkerManifest.Component;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Computes a worker's manifest from the files of an installation, without starting anything: the
 * same text as the launcher's, as long as both find the same files.
 */
public final class WorkerMeasurement {
  private static final int BUFFER_BYTES = 1 << 16;

  private final WorkerPlan plan;
  private final SortedMap<String, Component> components =
      new TreeMap<>(WorkerMeasurement::compareBytes);

  private WorkerMeasurement(WorkerPlan plan) {
    this.plan = plan;
  }

  /**
   * The manifest of a worker that {@code launcher} would start by {@code plan}.
   *
   * @throws IOException if a file cannot be read
   */
  public static WorkerManifest of(WorkerPlan plan, Path launcher) throws IOException {
    WorkerMeasurement measurement = new WorkerMeasurement(plan);
    measurement.file(WorkerManifest.LAUNCHER, launcher);
    for (WorkerPlan.Copy copy : plan.files()) {
      measurement.file(copy.target(), copy.source());
    }
    for (WorkerPlan.Copy copy : plan.trees()) {
      measurement.tree(copy.target(), copy.source());
    }
    return WorkerManifest.of(List.copyOf(measurement.components.values()), plan);
  }

  /** The launcher sorts bytes, not characters. */
  private static int compareBytes(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private void tree(String target, Path folder) throws IOException {
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.toList();
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      if (plan.skipped().contains(name)) {
        continue;
      }
      if (Files.isDirectory(child)) {
        tree(target + "/" + name, child);
      } else if (Files.isRegularFile(child)) {
        file(target + "/" + name, child);
      }
    }
  }

  private void file(String target, Path source) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (InputStream in = new DigestInputStream(Files.newInputStream(source), digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        size += got;
      }
    }
    String hex = HexFormat.of().formatHex(digest.digest());
    if (components.put(target, new Component(target, size, hex)) != null) {
      throw new IOException(target + " is there twice");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a Java platform without SHA-256", e);
    }
  }
}
