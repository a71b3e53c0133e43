package io.silenda.attest.azure;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.intel.SyntheticIntel;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.synthetic.SyntheticHcl;
import io.silenda.attest.synthetic.SyntheticTpm;
import io.silenda.attest.testing.TestPki;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Azure's virtual TPM on Intel TDX: the quote of the TDREPORT comes along as an endorsement. */
class AzureTdxTest {
  private static final KeyPair AK = Keys.rsa(53);
  private static final byte[] RUNTIME_DATA = SyntheticHcl.runtimeData("HCLAkPub", AK);
  private static final int BODY_REPORT_DATA = 520;
  private static final int TDREPORT_REPORT_DATA = 128;
  private static final int TDREPORT_BYTES = 1024;
  private static final int HCL_HEADER = 32;
  private static final int HCL_DATA = 32 + 1184;

  private final SyntheticTpm tpm = new SyntheticTpm();
  private final SyntheticIntel intel = SyntheticIntel.tdxV4();

  private static byte[] binding() {
    return Arrays.copyOf(Digests.SHA_256.hash(RUNTIME_DATA), 64);
  }

  private static byte[] hcl() {
    byte[] tdReport = new byte[TDREPORT_BYTES];
    System.arraycopy(binding(), 0, tdReport, TDREPORT_REPORT_DATA, 64);
    return SyntheticHcl.ofTdx(tdReport, RUNTIME_DATA);
  }

  private Evidence evidence() {
    byte[] bound = binding();
    for (int i = 0; i < bound.length; i++) {
      intel.body(BODY_REPORT_DATA + i, bound[i]);
    }
    return evidence(intel.evidence());
  }

  private Evidence evidence(Evidence quote) {
    List<EndorsementFile> files = new ArrayList<>();
    files.add(new EndorsementFile("quote", tpm.quote()));
    files.add(new EndorsementFile("sig", tpm.rsassa(AK)));
    files.add(tpm.pcrFile());
    files.add(new EndorsementFile("td-quote", quote.bytes()));
    files.addAll(quote.endorsements());
    return new Evidence("azure-hcl+tpm2-quote", hcl(), files);
  }

  @Test
  void acceptsAndReportsBothLayers() throws Exception {
    Claims claims = accepted(evidence(), SyntheticIntel.context());
    assertThat(claims.debug()).isEqualTo(DebugState.OFF);
    assertThat(claims.tcbStatus()).contains(TcbStatus.UP_TO_DATE);
    assertThat(claims.nonce()).contains("01020304");
    assertThat(claims.measured())
        .containsEntry("pcr4", "04".repeat(32))
        .containsEntry("tdx-mrtd", "22".repeat(48))
        .containsEntry("tdx-rtmr0", "30".repeat(48));
  }

  @Test
  void theQuoteMustVouchForTheRuntimeData() {
    // Good in itself, of a trust domain with other report data.
    Evidence other = evidence(SyntheticIntel.tdxV4().evidence());
    assertRefused(other, SyntheticIntel.context(), Reason.RUNTIME_DATA_HASH);
  }

  @Test
  void theQuoteMustVerify() {
    Evidence good = evidence();
    Evidence quote = intel.evidence();
    Evidence flipped = evidence(Refusals.flipped(quote, 48 + 136));
    assertRefused(flipped, SyntheticIntel.context(), Reason.EVIDENCE_SIGNATURE);
    assertRefused(good, VerificationContext.full(TestPki.NOW), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void aQuoteIsNeeded() {
    Evidence whole = evidence();
    Evidence bare = new Evidence(whole.format(), whole.bytes(), whole.endorsements().subList(0, 3));
    assertRefused(bare, SyntheticIntel.context(), Reason.MISSING_CERTIFICATE);
    byte[] enclave = intel.evidence().bytes();
    enclave[0] = 3;
    Evidence sgx = evidence(new Evidence("sgx-quote-v3", enclave, List.of()));
    assertRefused(sgx, SyntheticIntel.context(), Reason.UNSUPPORTED_VERSION);
  }

  /** The TDREPORT itself says nothing to anybody else: the quote does. */
  @Test
  void everyFlippedByteAroundTheReportIsRefused() throws Exception {
    Evidence evidence = evidence();
    accepted(evidence, SyntheticIntel.context());
    for (int i = 0; i < HCL_HEADER; i++) {
      assertFlipRefused(evidence, i);
    }
    for (int i = HCL_DATA; i < evidence.bytes().length; i++) {
      assertFlipRefused(evidence, i);
    }
  }

  private static void assertFlipRefused(Evidence evidence, int offset) {
    assertThat(
            catchThrowable(
                () -> accepted(Refusals.flipped(evidence, offset), SyntheticIntel.context())))
        .as("a change at byte %d", offset)
        .isInstanceOf(AttestationException.class);
  }
}
