package io.silenda.attest.provider.gramine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ReportData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GramineProviderTest {
  /** Where an SGX quote has the report data: 48 bytes of header, 320 of the enclave's report. */
  private static final int REPORT_DATA = 48 + 320;

  @TempDir Path root;
  private final byte[] data = filled();

  private static byte[] filled() {
    byte[] data = new byte[ReportData.BYTES];
    Arrays.fill(data, (byte) 7);
    return data;
  }

  private GramineProvider tree(String type, byte[] quote) throws IOException {
    Files.writeString(root.resolve("attestation_type"), type);
    Files.write(root.resolve("user_report_data"), new byte[0]);
    Files.write(root.resolve("quote"), quote);
    return new GramineProvider(root);
  }

  private byte[] quote() {
    byte[] quote = new byte[1000];
    quote[0] = 3;
    quote[2] = 2;
    System.arraycopy(data, 0, quote, REPORT_DATA, data.length);
    return quote;
  }

  @Test
  void writesTheReportDataAndReadsTheQuote() throws Exception {
    GramineProvider provider = tree("dcap\n", quote());
    assertThat(((Probe.Present) provider.probe()).tee()).isEqualTo(Tee.SGX);
    Evidence evidence = provider.provide(data);
    assertThat(evidence.format()).isEqualTo("sgx-quote-v3");
    assertThat(evidence.bytes()).isEqualTo(quote());
    assertThat(Files.readAllBytes(root.resolve("user_report_data"))).isEqualTo(data);
  }

  @Test
  void aQuoteForSomethingElseIsRefused() throws IOException {
    byte[] other = quote();
    other[REPORT_DATA] ^= 1;
    assertThat(refusal(tree("dcap", other))).isEqualTo(Reason.PROVIDER_BUSY);
  }

  @Test
  void whatIsNoQuoteIsRefused() throws IOException {
    byte[] tdx = quote();
    tdx[0] = 4;
    tdx[4] = (byte) 0x81;
    assertThat(refusal(tree("dcap", tdx))).isEqualTo(Reason.PROVIDER_FAILED);
    assertThat(refusal(tree("dcap", new byte[(1 << 16) + 1]))).isEqualTo(Reason.PROVIDER_FAILED);
    Files.delete(root.resolve("quote"));
    assertThat(refusal(new GramineProvider(root))).isEqualTo(Reason.PROVIDER_FAILED);
  }

  @Test
  void saysWhyItIsAbsent() throws IOException {
    GramineProvider none = new GramineProvider(root.resolve("none"));
    assertThat(((Probe.Absent) none.probe()).reason()).contains("not under Gramine");
    assertThat(((Probe.Absent) new GramineProvider(root).probe()).reason())
        .contains("no file", "attestation_type");
    assertThat(((Probe.Absent) tree("none", quote()).probe()).reason()).contains("\"none\"");
    assertThat(refusal(tree("epid", quote()))).isEqualTo(Reason.PROVIDER_ABSENT);
  }

  private Reason refusal(GramineProvider provider) {
    return catchThrowableOfType(AttestationException.class, () -> provider.provide(data)).reason();
  }
}
