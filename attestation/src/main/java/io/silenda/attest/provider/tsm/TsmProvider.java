package io.silenda.attest.provider.tsm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ProviderFaults;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.verifier.FormatGuess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Evidence of a confidential VM from Linux. TDX quotes come without collateral, which a verifier
 * has to have; SEV-SNP reports come with the certificates that the host supplies, if it does.
 */
public final class TsmProvider implements EvidenceProvider {
  /** Where Linux has it. */
  public static final Path LINUX = Path.of("/sys/kernel/config/tsm/report");

  private final Path root;
  private final TsmReports reports;

  /** Evidence from the tree at {@code root}, usually {@link #LINUX}. */
  public TsmProvider(Path root) {
    this(root, new ConfigfsFiles(root));
  }

  TsmProvider(Path root, TsmFiles files) {
    this.root = root;
    this.reports = new TsmReports(files);
  }

  /** What the kernel calls a technology, and what our formats do. */
  private enum Guest {
    TDX("tdx_guest", Tee.TDX, "tdx-quote-v"),
    SNP("sev_guest", Tee.SNP, "snp-report-v"),
    CCA("arm_cca_guest", Tee.CCA, "cca-token");

    private final String provider;
    private final Tee tee;
    private final String format;

    Guest(String provider, Tee tee, String format) {
      this.provider = provider;
      this.tee = tee;
      this.format = format;
    }

    static Optional<Guest> of(String provider) {
      return List.of(values()).stream().filter(it -> it.provider.equals(provider)).findFirst();
    }
  }

  @Override
  public String name() {
    return TsmReports.NAME;
  }

  @Override
  public Probe probe() {
    if (!Files.isDirectory(root)) {
      return new Probe.Absent(
          "no directory " + root + ": no confidential VM, or Linux before 6.7, or no configfs");
    }
    try {
      String provider = reports.provider();
      return Guest.of(provider)
          .<Probe>map(guest -> new Probe.Present(guest.tee, "configfs-tsm, " + provider))
          .orElseGet(() -> new Probe.Absent("configfs-tsm with unknown provider " + provider));
    } catch (AttestationException e) {
      return new Probe.Absent(e.check().seen());
    }
  }

  @Override
  public Evidence provide(byte[] reportData) throws AttestationException {
    TsmRequest request = TsmRequest.of(reportData);
    if (!Files.isDirectory(root)) {
      throw ProviderFaults.absent(name(), "no directory " + root);
    }
    TsmReport report = reports.request(request);
    Guest guest =
        Guest.of(report.provider())
            .orElseThrow(
                () ->
                    ProviderFaults.failed(
                        name(), "provider " + report.provider(), "a known technology"));
    if (!ReportData.isIn(report.outblob(), request.reportData())) {
      throw ProviderFaults.busy(name(), "a report without the report data that was written");
    }
    String format = FormatGuess.of(report.outblob());
    if (!format.startsWith(guest.format)) {
      throw ProviderFaults.failed(name(), format + " from " + guest.provider, guest.format);
    }
    List<EndorsementFile> endorsements =
        guest == Guest.SNP && report.auxblob().isPresent()
            ? CertificateTable.files(report.auxblob().get())
            : List.of();
    return new Evidence(format, report.outblob(), endorsements);
  }
}
