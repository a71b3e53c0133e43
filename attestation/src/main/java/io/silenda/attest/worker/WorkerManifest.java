package io.silenda.attest.worker;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a worker is made of, as text: a line {@code file SHA-256 SIZE PATH} for each file, sorted by
 * path, then the program, each argument, each limit. The worker digest is the SHA-256 of the text.
 * Immutable and thread-safe.
 */
public final class WorkerManifest {
  /** Where the launcher puts its own copy. */
  public static final String LAUNCHER = "launcher/silenda-launcher";

  static final String HEADER = "silenda-worker 1";
  static final String FOOTER = "environment empty";
  private static final int MAX_BYTES = 4 << 20;
  private static final Pattern FILE =
      Pattern.compile("file ([0-9a-f]{64}) ([0-9]{1,18}) ([^\\n]+)");

  /**
   * A measured file.
   *
   * @param path below the private place
   * @param sizeBytes its length
   * @param digest SHA-256, lower-case hex
   */
  public record Component(String path, long sizeBytes, String digest) {
    String line() {
      return "file " + digest + " " + sizeBytes + " " + path + "\n";
    }
  }

  private final String text;
  private final List<Component> components;

  private WorkerManifest(String text, List<Component> components) {
    this.text = text;
    this.components = List.copyOf(components);
  }

  static WorkerManifest of(List<Component> components, WorkerPlan plan) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    components.forEach(component -> text.append(component.line()));
    text.append("run ").append(plan.program()).append('\n');
    plan.arguments().forEach(argument -> text.append("arg ").append(argument).append('\n'));
    plan.limits()
        .forEach(
            (name, value) ->
                text.append("limit ").append(name).append(' ').append(value).append('\n'));
    return new WorkerManifest(text.append(FOOTER).append('\n').toString(), components);
  }

  /**
   * Reads a manifest of the launcher.
   *
   * @throws AttestationException with {@link Reason#BAD_FIELD} where it is none
   */
  public static WorkerManifest parse(byte[] bytes) throws AttestationException {
    String text = bytes.length > MAX_BYTES ? "" : new String(bytes, StandardCharsets.UTF_8);
    if (!text.startsWith(HEADER + "\n") || !text.endsWith("\n" + FOOTER + "\n")) {
      throw new AttestationException(
          Reason.BAD_FIELD, "worker-manifest", "another text", HEADER + " to " + FOOTER);
    }
    List<Component> components = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher file = FILE.matcher(line);
      if (file.matches()) {
        components.add(new Component(file.group(3), Long.parseLong(file.group(2)), file.group(1)));
      }
    }
    return new WorkerManifest(text, components);
  }

  /** Every measured file, in the order of the text. */
  public List<Component> components() {
    return components;
  }

  /** The SHA-256 of the file at {@code path} below the private place. */
  public Optional<byte[]> digestOf(String path) {
    return components.stream()
        .filter(component -> component.path().equals(path))
        .map(component -> HexFormat.of().parseHex(component.digest()))
        .findFirst();
  }

  /** The lines that are no files: program, arguments, limits, environment. */
  public List<String> settings() {
    return text.lines().skip(1).filter(line -> !line.startsWith("file ")).toList();
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** The worker digest: SHA-256 of the text, 32 bytes. */
  public byte[] digest() {
    return Digests.SHA_256.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What a 48-byte run-time register (RTMR) that was zero holds once the launcher has extended it:
   * SHA-384 of 48 zeros, the digest and 16 zeros.
   */
  public byte[] extendedRegister() {
    return Digests.SHA_384.hash(new byte[48], digest(), new byte[16]);
  }

  /** What a SHA-256 PCR that was zero holds once it has been extended with the digest. */
  public byte[] extendedPcr() {
    return Digests.SHA_256.hash(new byte[32], digest());
  }
}
