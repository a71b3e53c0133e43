package io.silenda.attest.provider.tsm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.provider.ProviderFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks the kernel for reports: an entry of one's own, removed on every path, and nothing handed out
 * that another writer may have had a hand in ([TSM], {@code generation}).
 */
final class TsmReports {
  static final String NAME = "tsm";

  /** The kernel's own limit was 32 KiB and is 16 MiB in 2026; real reports have some 10 KiB. */
  static final int MAX_BLOB_BYTES = 1 << 20;

  private static final int MAX_TEXT_BYTES = 4096;

  /** Each with an entry of its own: a rival has to find them all. */
  private static final int ATTEMPTS = 3;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final TsmFiles files;

  TsmReports(TsmFiles files) {
    this.files = files;
  }

  /** The name of the technology, such as {@code tdx_guest}. */
  String provider() throws AttestationException {
    return inEntry(entry -> text(entry, "provider"));
  }

  TsmReport request(TsmRequest request) throws AttestationException {
    for (int attempt = 1; ; attempt++) {
      try {
        return inEntry(entry -> report(entry, request));
      } catch (AttestationException e) {
        if (e.reason() != Reason.PROVIDER_BUSY || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private interface Use<T> {
    T in(String entry) throws IOException, AttestationException;
  }

  private <T> T inEntry(Use<T> use) throws AttestationException {
    byte[] unique = new byte[8];
    RANDOM.nextBytes(unique);
    String entry = "silenda-" + HexFormat.of().formatHex(unique);
    try {
      files.create(entry);
    } catch (IOException e) {
      throw ProviderFaults.absent(NAME, "an entry cannot be made: " + ProviderFaults.words(e));
    }
    try {
      T result = use.in(entry);
      files.remove(entry);
      return result;
    } catch (IOException e) {
      removeAfter(e, entry);
      throw fault(e);
    } catch (AttestationException | RuntimeException e) {
      removeAfter(e, entry);
      throw e;
    }
  }

  private void removeAfter(Exception cause, String entry) {
    try {
      files.remove(entry);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private TsmReport report(String entry, TsmRequest request)
      throws IOException, AttestationException {
    long generation = generation(entry);
    generation += writeOptions(entry, request);
    files.write(entry, "inblob", request.reportData());
    generation++;
    byte[] outblob = files.read(entry, "outblob", MAX_BLOB_BYTES);
    Optional<byte[]> auxblob = optionalBlob(entry, "auxblob");
    Optional<byte[]> manifest =
        request.service().isPresent() ? optionalBlob(entry, "manifestblob") : Optional.empty();
    String provider = text(entry, "provider");
    long now = generation(entry);
    if (now != generation) {
      throw ProviderFaults.busy(
          NAME, "generation " + now + " where one's own writes give " + generation);
    }
    if (outblob.length == 0) {
      throw ProviderFaults.failed(NAME, "an empty outblob", "a report");
    }
    return new TsmReport(provider, outblob, auxblob, manifest);
  }

  /** Returns how many attributes were written: each advances the generation. */
  private int writeOptions(String entry, TsmRequest request)
      throws IOException, AttestationException {
    int writes = writePrivilege(entry, request);
    if (request.service().isPresent()) {
      TsmRequest.Service service = request.service().get();
      writeText(entry, "service_provider", service.provider());
      writes++;
      if (service.guid().isPresent()) {
        writeText(entry, "service_guid", service.guid().get().toString());
        writes++;
      }
      if (service.manifestVersion().isPresent()) {
        writeText(
            entry,
            "service_manifest_version",
            Integer.toString(service.manifestVersion().getAsInt()));
        writes++;
      }
    }
    return writes;
  }

  /** A guest beneath a paravisor may not ask at level 0, the kernel's own default. */
  private int writePrivilege(String entry, TsmRequest request)
      throws IOException, AttestationException {
    long floor = files.has(entry, "privlevel_floor") ? number(entry, "privlevel_floor") : 0;
    if (request.privilegeLevel().isEmpty() && floor == 0) {
      return 0;
    }
    long level = request.privilegeLevel().orElse((int) floor);
    if (level < floor || floor > TsmRequest.LOWEST_PRIVILEGE) {
      throw ProviderFaults.failed(
          NAME,
          "privilege level " + level,
          floor + " to " + TsmRequest.LOWEST_PRIVILEGE + ", as the kernel permits");
    }
    writeText(entry, "privlevel", Long.toString(level));
    return 1;
  }

  private void writeText(String entry, String attribute, String value)
      throws IOException, AttestationException {
    if (!files.has(entry, attribute)) {
      throw ProviderFaults.failed(
          NAME, "no attribute " + attribute, "a kernel and a technology that have it");
    }
    files.write(entry, attribute, value.getBytes(StandardCharsets.US_ASCII));
  }

  private Optional<byte[]> optionalBlob(String entry, String attribute) throws IOException {
    return files.has(entry, attribute)
        ? Optional.of(files.read(entry, attribute, MAX_BLOB_BYTES))
        : Optional.empty();
  }

  private long generation(String entry) throws IOException, AttestationException {
    return number(entry, "generation");
  }

  private long number(String entry, String attribute) throws IOException, AttestationException {
    String text = text(entry, attribute);
    if (!text.matches("[0-9]{1,18}")) {
      throw ProviderFaults.failed(NAME, attribute + " is \"" + text + "\"", "a number");
    }
    return Long.parseLong(text);
  }

  private String text(String entry, String attribute) throws IOException {
    byte[] bytes = files.read(entry, attribute, MAX_TEXT_BYTES);
    return new String(bytes, StandardCharsets.ISO_8859_1).strip();
  }

  /** Java has the error number only as the system's words. */
  private static AttestationException fault(IOException e) {
    String words = ProviderFaults.words(e);
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("resource busy") || lower.contains("temporarily unavailable")) {
      return ProviderFaults.busy(NAME, words);
    }
    String wanted =
        lower.contains("file too large")
            ? "a report within the kernel's limit: ask the platform's provider"
            : "a report";
    return ProviderFaults.failed(NAME, words, wanted);
  }
}
