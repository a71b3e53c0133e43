package io.silenda.attest.snp;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.synthetic.Authority;
import io.silenda.attest.synthetic.SyntheticSnp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and revocation lists that come with a report. */
class SnpEndorsementTest {
  @Test
  void readsHardwareIdsThatAreWrappedInAnOctetString() throws Exception {
    byte[] chip = new byte[64];
    for (int i = 0; i < chip.length; i++) {
      chip[i] = (byte) (0xa0 + i);
    }
    SyntheticSnp snp =
        SyntheticSnp.vcek("Milan", 2).extension("4", new DEROctetString(chip).getEncoded());
    accepted(snp.evidence(), snp.context());
  }

  @ParameterizedTest
  @CsvSource({
    "Milan,3.1",
    "Milan,3.2",
    "Milan,3.3",
    "Milan,3.8",
    "Turin,3.9",
    "Turin,3.1",
    "Turin,3.3"
  })
  void refusesAnEndorsementKeyOfAnotherTcb(String product, String branch) {
    SyntheticSnp snp = SyntheticSnp.vcek(product, 3).level(branch, 200);
    assertRefused(snp.evidence(), snp.context(), Reason.SNP_TCB_MISMATCH);
  }

  @Test
  void refusesExtensionsThatAreMissingOrMalformed() {
    byte[] none = {};
    for (String branch : List.of("2", "3.1", "3.2", "3.3", "3.8")) {
      SyntheticSnp snp = SyntheticSnp.vcek("Milan", 3).extension(branch, none);
      assertRefused(snp.evidence(), snp.context(), Reason.MISSING_FIELD);
    }
    SyntheticSnp noFmc = SyntheticSnp.vcek("Turin", 3).extension("3.9", none);
    assertRefused(noFmc.evidence(), noFmc.context(), Reason.MISSING_FIELD);
    SyntheticSnp tooHigh = SyntheticSnp.vcek("Milan", 3).level("3.1", 256);
    assertRefused(tooHigh.evidence(), tooHigh.context(), Reason.BAD_CERTIFICATE);
    SyntheticSnp longInteger =
        SyntheticSnp.vcek("Milan", 3).extension("3.1", new byte[] {2, 2, 0, 10});
    assertRefused(longInteger.evidence(), longInteger.context(), Reason.BAD_CERTIFICATE);
    SyntheticSnp reserved = SyntheticSnp.vcek("Milan", 3).level("3.4", 1);
    assertRefused(reserved.evidence(), reserved.context(), Reason.BAD_CERTIFICATE);
  }

  @Test
  void refusesCertificatesInOtherRoles() throws Exception {
    SyntheticSnp named = SyntheticSnp.vcek("Milan", 3).leafName("SEV-VLEK");
    assertRefused(named.evidence(), named.context(), Reason.CERTIFICATE_ROLE);
    SyntheticSnp other = SyntheticSnp.vcek("Milan", 3).leafName("SEV-OTHER");
    assertRefused(other.evidence(), other.context(), Reason.CERTIFICATE_ROLE);
    SyntheticSnp both =
        SyntheticSnp.vcek("Milan", 3).extension("5", new DERIA5String("cloud").getEncoded());
    assertRefused(both.evidence(), both.context(), Reason.CERTIFICATE_ROLE);
  }

  @Test
  void pinsTheRootByItsKey() {
    SyntheticSnp snp = SyntheticSnp.vcek("Milan", 3);
    // The names are AMD's; the key is not.
    assertRefused(snp.evidence(), VerificationContext.full(Authority.NOW), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void refusesIncompleteChains() {
    Evidence evidence = SyntheticSnp.vcek("Milan", 3).evidence();
    VerificationContext context = SyntheticSnp.vcek("Milan", 3).context();
    List<EndorsementFile> files = evidence.endorsements();
    assertRefused(
        new Evidence(evidence.format(), evidence.bytes(), List.of()),
        context,
        Reason.MISSING_CERTIFICATE);
    assertRefused(
        new Evidence(evidence.format(), evidence.bytes(), List.of(files.get(0), files.get(2))),
        context,
        Reason.CERTIFICATE_ISSUER);
    assertRefused(
        new Evidence(
            evidence.format(),
            evidence.bytes(),
            List.of(files.get(0), files.get(1), new EndorsementFile("other", new byte[] {1, 2}))),
        context,
        Reason.BAD_CERTIFICATE);
  }

  @Test
  void refusesExpiredAndEarlyCertificates() {
    SyntheticSnp snp = SyntheticSnp.vcek("Milan", 3);
    assertRefused(snp.evidence(), at(snp, Duration.ofDays(400)), Reason.CERTIFICATE_EXPIRED);
    assertRefused(snp.evidence(), at(snp, Duration.ofDays(-2)), Reason.CERTIFICATE_NOT_YET_VALID);
  }

  @Test
  void reportsAMissingRevocationListAsNotChecked() throws Exception {
    assertThat(SnpVerifierTest.notChecked(SyntheticSnp.vcek("Milan", 3)))
        .containsExactly("ask-revocation");
  }

  @Test
  void checksTheRevocationListOfTheRoot() throws Exception {
    SyntheticSnp good = SyntheticSnp.vcek("Milan", 3);
    good.list(good.ark().crl(99));
    assertThat(SnpVerifierTest.notChecked(good)).isEmpty();
    SyntheticSnp revoked = SyntheticSnp.vcek("Milan", 3);
    revoked.list(revoked.ark().crl(7));
    assertRefused(revoked.evidence(), revoked.context(), Reason.CERTIFICATE_REVOKED);
    SyntheticSnp foreign = SyntheticSnp.vcek("Milan", 3);
    foreign.list(foreign.ask().crl(99));
    assertRefused(foreign.evidence(), foreign.context(), Reason.CRL_ISSUER);
    SyntheticSnp expired = SyntheticSnp.vcek("Milan", 3);
    expired.list(
        expired.ark().crl(Authority.NOW.minusSeconds(7200), Authority.NOW.minusSeconds(3600)));
    assertRefused(expired.evidence(), expired.context(), Reason.CRL_EXPIRED);
    SyntheticSnp forged = SyntheticSnp.vcek("Milan", 3);
    byte[] list = forged.ark().crl(99);
    list[list.length - 1] ^= 1;
    forged.list(list);
    assertRefused(forged.evidence(), forged.context(), Reason.CRL_SIGNATURE);
  }

  @Test
  void verifiesTheCertificateOfAKeyByItself() throws Exception {
    SyntheticSnp snp = SyntheticSnp.vcek("Turin", 3);
    Evidence certificate =
        new Evidence(
            "vcek-certificate",
            snp.endorsementKeyCertificate(),
            snp.evidence().endorsements().subList(1, 3));
    Claims claims = accepted(certificate, snp.context());
    assertThat(claims.tcbComponents()).containsEntry("fmc", 2L);
    assertThat(claims.debug()).isEqualTo(DebugState.UNKNOWN);
    assertThat(claims.nonce()).isEmpty();
  }

  private static VerificationContext at(SyntheticSnp snp, Duration after) {
    return new VerificationContext(
        VerificationMode.FULL,
        Optional.of(Authority.NOW.plus(after)),
        Optional.of(snp.ark().anchors()));
  }
}
