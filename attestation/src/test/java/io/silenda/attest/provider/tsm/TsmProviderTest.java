package io.silenda.attest.provider.tsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.synthetic.SyntheticSnp;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsmProviderTest {
  private static final int SNP_REPORT_DATA = 0x50;

  @TempDir Path root;
  private byte[] nonce = {};

  @BeforeEach
  void chooseNonce() {
    nonce = new byte[ReportData.BYTES];
    Arrays.fill(nonce, (byte) 0x5a);
  }

  private static SyntheticSnp snp(byte[] reportData) {
    return SyntheticSnp.vcek("Milan", 2).change(report -> report.put(SNP_REPORT_DATA, reportData));
  }

  private static FakeTsm snpKernel() {
    List<EndorsementFile> files = snp(new byte[64]).evidence().endorsements();
    return new FakeTsm("sev_guest", data -> snp(data).signedReport())
        .auxblob(
            new TableBuilder()
                .add(TableBuilder.ARK, files.get(2).bytes())
                .add(TableBuilder.VCEK, files.get(0).bytes())
                .add(TableBuilder.ASK, files.get(1).bytes())
                .build());
  }

  private TsmProvider provider(FakeTsm kernel) {
    return new TsmProvider(root, kernel);
  }

  private AttestationException refusal(FakeTsm kernel) {
    AttestationException refusal =
        catchThrowableOfType(AttestationException.class, () -> provider(kernel).provide(nonce));
    assertThat(kernel.entriesLeft()).as("entries left behind").isZero();
    return refusal;
  }

  @Test
  void evidenceOfASnpGuestVerifiesWithTheHostsCertificates() throws AttestationException {
    FakeTsm kernel = snpKernel();
    Evidence evidence = provider(kernel).provide(nonce);
    assertThat(evidence.format()).isEqualTo("snp-report-v2");
    assertThat(evidence.endorsements())
        .extracting(EndorsementFile::name)
        .containsExactly("vcek", "ask", "ark");
    Claims claims = Refusals.accepted(evidence, snp(nonce).context());
    assertThat(claims.nonce()).contains(ReportData.nonceIn(evidence.format(), nonce));
    assertThat(kernel.entriesLeft()).isZero();
    assertThat(kernel.writes()).containsExactly("inblob");
  }

  @Test
  void quotesOfATdxGuestComeWithoutEndorsements() throws AttestationException {
    FakeTsm kernel = new FakeTsm("tdx_guest", TsmProviderTest::tdxQuote).hide("auxblob");
    Evidence evidence = provider(kernel).provide(nonce);
    assertThat(evidence.format()).isEqualTo("tdx-quote-v4");
    assertThat(evidence.endorsements()).isEmpty();
    assertThat(((Probe.Present) provider(kernel).probe()).tee()).isEqualTo(Tee.TDX);
    assertThat(kernel.entriesLeft()).isZero();
  }

  /** No more than the start of a quote and the report data where a quote has it. */
  private static byte[] tdxQuote(byte[] reportData) {
    byte[] quote = new byte[1024];
    quote[0] = 4;
    quote[2] = 2;
    quote[4] = (byte) 0x81;
    System.arraycopy(reportData, 0, quote, 568, reportData.length);
    return quote;
  }

  @Test
  void aRivalWriterIsOutrunOrReported() throws AttestationException {
    FakeTsm beaten = snpKernel().rivals(2);
    provider(beaten).provide(nonce);
    assertThat(beaten.entriesCreated()).isEqualTo(3);
    assertThat(beaten.entriesLeft()).isZero();
    AttestationException refusal = refusal(snpKernel().rivals(3));
    assertThat(refusal.reason()).isEqualTo(Reason.PROVIDER_BUSY);
    assertThat(refusal).hasMessageContaining("generation 2 where one's own writes give 1");
  }

  @Test
  void aStaleGenerationIsRefused() {
    assertThat(refusal(snpKernel().stale()).reason()).isEqualTo(Reason.PROVIDER_BUSY);
  }

  @Test
  void aReportForSomebodyElseIsRefused() {
    FakeTsm kernel = new FakeTsm("sev_guest", data -> snp(new byte[64]).signedReport());
    assertThat(refusal(kernel).reason()).isEqualTo(Reason.PROVIDER_BUSY);
  }

  @Test
  void errorsOfTheKernelAreTold() {
    assertThat(refusal(snpKernel().fault("inblob", FakeTsm.BUSY)).reason())
        .isEqualTo(Reason.PROVIDER_BUSY);
    AttestationException large = refusal(snpKernel().fault("outblob", "File too large"));
    assertThat(large.reason()).isEqualTo(Reason.PROVIDER_FAILED);
    assertThat(large).hasMessageContaining("within the kernel's limit");
    assertThat(refusal(snpKernel().fault("outblob", "Invalid argument")))
        .hasMessageContaining("Invalid argument");
    assertThat(refusal(snpKernel().fault("mkdir", "No such device")).reason())
        .isEqualTo(Reason.PROVIDER_ABSENT);
    assertThat(refusal(snpKernel().hide("generation")).reason()).isEqualTo(Reason.PROVIDER_FAILED);
    assertThat(refusal(new FakeTsm("sev_guest", data -> new byte[0])))
        .hasMessageContaining("empty outblob");
    assertThat(refusal(new FakeTsm("other_guest", data -> data)))
        .hasMessageContaining("provider other_guest");
    assertThat(refusal(new FakeTsm("sev_guest", TsmProviderTest::tdxQuote)).reason())
        .isEqualTo(Reason.PROVIDER_FAILED);
  }

  @Test
  void anEntryThatStaysBehindIsTold() {
    FakeTsm kernel = snpKernel().stuck();
    AttestationException refusal =
        catchThrowableOfType(AttestationException.class, () -> provider(kernel).provide(nonce));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.PROVIDER_BUSY);
  }

  @Test
  void thePrivilegeLevelIsWrittenOnlyWhereItMustBe() throws AttestationException {
    FakeTsm floored = snpKernel().floor(2);
    provider(floored).provide(nonce);
    assertThat(floored.writes()).containsExactly("privlevel", "inblob");
    FakeTsm without = snpKernel().hide("privlevel", "privlevel_floor");
    provider(without).provide(nonce);
    assertThat(without.writes()).containsExactly("inblob");
    TsmRequest below = new TsmRequest(nonce, OptionalInt.of(1), Optional.empty());
    assertThat(failure(snpKernel().floor(2), below)).hasMessageContaining("2 to 3");
    TsmRequest unsupported = new TsmRequest(nonce, OptionalInt.of(1), Optional.empty());
    assertThat(failure(snpKernel().hide("privlevel", "privlevel_floor"), unsupported))
        .hasMessageContaining("no attribute privlevel");
  }

  private static AttestationException failure(FakeTsm kernel, TsmRequest request) {
    AttestationException failure =
        catchThrowableOfType(
            AttestationException.class, () -> new TsmReports(kernel).request(request));
    assertThat(kernel.entriesLeft()).isZero();
    return failure;
  }

  @Test
  void servicesAreAskedOnlyWhereSupported() throws AttestationException {
    TsmRequest.Service svsm =
        new TsmRequest.Service("svsm", Optional.of(new UUID(1, 2)), OptionalInt.of(1));
    TsmRequest request = new TsmRequest(nonce, OptionalInt.empty(), Optional.of(svsm));
    assertThat(failure(snpKernel(), request)).hasMessageContaining("no attribute service_provider");
    FakeTsm kernel = snpKernel().show("service_provider").show("manifestblob");
    TsmReport report = new TsmReports(kernel).request(request);
    assertThat(report.manifestblob()).isPresent();
    assertThat(kernel.writes())
        .containsExactly("service_provider", "service_guid", "service_manifest_version", "inblob");
  }

  @Test
  void aMachineWithoutItSaysWhy() {
    TsmProvider none = new TsmProvider(root.resolve("none"));
    assertThat(((Probe.Absent) none.probe()).reason()).contains("no directory", "6.7");
    AttestationException refusal =
        catchThrowableOfType(AttestationException.class, () -> none.provide(nonce));
    assertThat(refusal.reason()).isEqualTo(Reason.PROVIDER_ABSENT);
    assertAbsent(new FakeTsm("other_guest", data -> data), "unknown provider other_guest");
    assertAbsent(new FakeTsm("x", data -> data).fault("mkdir", "Permission denied"), "Permission");
  }

  private void assertAbsent(FakeTsm kernel, String reason) {
    assertThat(((Probe.Absent) provider(kernel).probe()).reason()).contains(reason);
    assertThat(kernel.entriesLeft()).isZero();
  }

  /** A plain folder is no configfs: its entry has no attributes, and is removed again. */
  @Test
  void aPlainFolderIsNoConfigfs() {
    TsmProvider plain = new TsmProvider(root);
    assertThat(((Probe.Absent) plain.probe()).reason()).contains("provider");
    assertThat(root).isEmptyDirectory();
  }
}
