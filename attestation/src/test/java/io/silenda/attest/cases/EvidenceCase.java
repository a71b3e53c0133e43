package io.silenda.attest.cases;

import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line of {@code cases.tsv} in the folder of real evidence. */
public record EvidenceCase(Path folder, List<String> columns) {
  /** The folder of real evidence: not part of this repository, and not everywhere. */
  public static Optional<Path> folderIfPresent() {
    String property = System.getProperty("silenda.evidence");
    List<Path> candidates =
        property == null
            ? List.of(Path.of("../../shared/evidence"), Path.of("../shared/evidence"))
            : List.of(Path.of(property));
    return candidates.stream().filter(path -> Files.exists(path.resolve("cases.tsv"))).findFirst();
  }

  public static List<EvidenceCase> readAll(Path folder) {
    try {
      return Files.readAllLines(folder.resolve("cases.tsv")).stream()
          .skip(1)
          .map(line -> new EvidenceCase(folder, List.of(line.split("\t", -1))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String id() {
    return columns.get(0);
  }

  public String tee() {
    return columns.get(1);
  }

  public String format() {
    return columns.get(2);
  }

  public String expected() {
    return columns.get(7);
  }

  public boolean debugAllowed() {
    return columns.get(6).equals("allow-debug");
  }

  public Map<String, String> measured() {
    Map<String, String> measured = new LinkedHashMap<>();
    for (String pair : columns.get(11).split(";", -1)) {
      if (!pair.isBlank()) {
        int equals = pair.indexOf('=');
        measured.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return measured;
  }

  public Evidence evidence() {
    String[] names = columns.get(3).split(";", -1);
    List<EndorsementFile> endorsements = new ArrayList<>();
    for (int i = 1; i < names.length; i++) {
      endorsements.add(new EndorsementFile(names[i], read(names[i])));
    }
    return new Evidence(format(), read(names[0]), endorsements);
  }

  public VerificationContext context() {
    Optional<Instant> time =
        Optional.of(columns.get(4)).filter(text -> !text.isEmpty()).map(Instant::parse);
    VerificationMode mode = VerificationMode.ofCode(columns.get(5)).orElseThrow();
    return new VerificationContext(mode, time, Optional.empty());
  }

  private byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return id();
  }
}
