package io.silenda.attest.provider.gramine;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ProviderFaults;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.verifier.FormatGuess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** SGX quotes by DCAP under Gramine. They come without collateral, which a verifier has to have. */
public final class GramineProvider implements EvidenceProvider {
  /** Where Gramine has it. */
  public static final Path GRAMINE = Path.of("/dev/attestation");

  private static final String NAME = "gramine";
  private static final int MAX_TEXT_BYTES = 64;
  private static final int MAX_QUOTE_BYTES = 1 << 16;

  /** The report data is one file of the whole process: nobody may write between write and read. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path root;

  /** Evidence from the files in {@code root}, usually {@link #GRAMINE}. */
  public GramineProvider(Path root) {
    this.root = root;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    if (!Files.isDirectory(root)) {
      return new Probe.Absent("no directory " + root + ": not under Gramine");
    }
    try {
      String type = attestationType();
      return type.equals("dcap")
          ? new Probe.Present(Tee.SGX, "Gramine with DCAP")
          : new Probe.Absent("Gramine with attestation type \"" + type + "\", must be dcap");
    } catch (IOException e) {
      return new Probe.Absent(ProviderFaults.words(e));
    }
  }

  @Override
  public Evidence provide(byte[] reportData) throws AttestationException {
    byte[] wanted = ReportData.requireLength(reportData);
    if (probe() instanceof Probe.Absent absent) {
      throw ProviderFaults.absent(NAME, absent.reason());
    }
    byte[] quote = quote(wanted);
    if (!ReportData.isIn(quote, wanted)) {
      throw ProviderFaults.busy(NAME, "a quote without the report data that was written");
    }
    String format = FormatGuess.of(quote);
    if (!format.startsWith("sgx-quote-v")) {
      throw ProviderFaults.failed(NAME, format, "an SGX quote");
    }
    return Evidence.of(format, quote);
  }

  private byte[] quote(byte[] reportData) throws AttestationException {
    synchronized (ONE_AT_A_TIME) {
      try (FileChannel channel =
          FileChannel.open(root.resolve("user_report_data"), StandardOpenOption.WRITE)) {
        int written = channel.write(ByteBuffer.wrap(reportData));
        if (written != reportData.length) {
          throw ProviderFaults.failed(NAME, written + " bytes taken", reportData.length + " bytes");
        }
      } catch (IOException e) {
        throw ProviderFaults.failed(NAME, ProviderFaults.words(e), "report data to be taken");
      }
      try {
        return read("quote", MAX_QUOTE_BYTES);
      } catch (IOException e) {
        throw ProviderFaults.failed(NAME, ProviderFaults.words(e), "a quote");
      }
    }
  }

  private String attestationType() throws IOException {
    byte[] text = read("attestation_type", MAX_TEXT_BYTES);
    return new String(text, StandardCharsets.ISO_8859_1).strip();
  }

  private byte[] read(String file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException(file + ": more than " + limit + " bytes");
      }
      return bytes;
    }
  }
}
