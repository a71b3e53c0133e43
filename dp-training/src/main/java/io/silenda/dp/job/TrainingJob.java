package io.silenda.dp.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.silenda.dp.job.JobException.Reason;
import io.silenda.dp.network.LayerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A training job: everything public that decides what is trained and what it costs. Immutable.
 *
 * @param name for cards, reports and the ledger
 * @param sha256 digest of the job file
 * @param data the rows
 * @param layers the network behind the rows
 * @param privacy the guarantee
 * @param training the optimisation
 * @param audit what is tried against it
 */
public record TrainingJob(
    String name,
    String sha256,
    DataSection data,
    List<LayerSpec> layers,
    PrivacySection privacy,
    TrainingSection training,
    AuditSection audit) {
  private static final int LARGEST_FILE = 1 << 20;

  /** Copies the list. */
  public TrainingJob {
    layers = List.copyOf(layers);
  }

  /**
   * Reads a job file. Names of files in it are relative to its folder.
   *
   * @throws JobException if a member is missing, unknown or out of its range
   */
  public static TrainingJob read(Path file) throws JobException {
    byte[] bytes = content(file);
    Members job = new Members("", tree(file, bytes));
    Path folder = file.toAbsolutePath().getParent();
    Path from = folder == null ? file.toAbsolutePath() : folder;
    PrivacySection privacy = PrivacySection.from(job.object("privacy"), from);
    TrainingJob read =
        new TrainingJob(
            name(job),
            sha256(bytes),
            DataSection.from(job.object("data"), job.optionalObject("public-test"), from),
            ModelSection.from(job.object("model")),
            privacy,
            TrainingSection.from(job.object("training"), privacy.mechanism()),
            job.has("audit") ? AuditSection.from(job.object("audit")) : AuditSection.NONE);
    job.done();
    return read;
  }

  private static String name(Members job) throws JobException {
    String name = job.text("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")) {
      throw job.refuse("name", "1 to 80 letters, digits, spaces, dots, hyphens, underscores");
    }
    return name;
  }

  private static byte[] content(Path file) throws JobException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new JobException(Reason.SYNTAX, file + ": there is no regular file at this path");
      }
      if (Files.size(file) > LARGEST_FILE) {
        throw new JobException(Reason.SYNTAX, file + ": larger than a job can be");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new JobException(Reason.SYNTAX, file + ": cannot be read", e);
    }
  }

  private static JsonNode tree(Path file, byte[] bytes) throws JobException {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    try {
      return mapper.readTree(bytes);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new JobException(Reason.SYNTAX, file + ": line " + line + ": no YAML: " + what, e);
    } catch (IOException e) {
      throw new JobException(Reason.SYNTAX, file + ": no YAML", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
