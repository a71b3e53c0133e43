package io.silenda.attest.tdx;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.intel.IntelVerification;
import io.silenda.attest.intel.quote.Quote;
import io.silenda.attest.intel.quote.TdReport;
import java.util.Map;
import java.util.Set;

/** Verifies TDX quotes of versions 4 and 5, of TDX 1.0 and 1.5. */
public final class TdxVerifier implements EvidenceVerifier {
  private static final Map<String, Integer> VERSIONS = Map.of("tdx-quote-v4", 4, "tdx-quote-v5", 5);

  @Override
  public Set<String> formats() {
    return VERSIONS.keySet();
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    Quote quote = Quote.parse(evidence.bytes());
    Integer wanted = VERSIONS.get(evidence.format());
    if (wanted == null
        || quote.header().version() != wanted
        || !(quote.body() instanceof TdReport report)) {
      throw new AttestationException(
          Reason.UNSUPPORTED_VERSION,
          "quote-header",
          "version " + quote.header().version() + " of " + quote.header().teeType(),
          evidence.format());
    }
    checks.passed("structure", "TDX quote of version " + wanted, evidence.format());
    Claims.Builder claims = TdClaims.of(evidence.format(), report);
    new IntelVerification(context, checks).verify(quote, evidence.endorsements(), claims);
    leaveToPolicy(report, checks);
    return claims.build();
  }

  /** What is legal and may still be unwanted. */
  private static void leaveToPolicy(TdReport report, CheckList checks) {
    if (report.septVeDisabled()) {
      checks.passed("sept-ve-disable", "SEPT_VE_DISABLE is set", "set");
    } else {
      checks.undecided(
          "sept-ve-disable",
          Reason.SEPT_VE,
          "SEPT_VE_DISABLE is not set: the host can fault private pages",
          "set");
    }
    boolean service =
        report.tdx15().isPresent() && !ByteReader.allZero(report.tdx15().get().mrServiceTd());
    if (service) {
      checks.undecided(
          "service-td", Reason.SERVICE_TD, "MRSERVICETD is not zero: a service domain", "zero");
    } else {
      checks.passed("service-td", "no service domain", "none");
    }
    leaveMigration(report, checks);
  }

  private static void leaveMigration(TdReport report, CheckList checks) {
    if (report.migratable()) {
      checks.undecided(
          "td-migration",
          Reason.SERVICE_TD,
          "MIGRATABLE is set"
              + (report.tdx15().isPresent() ? "" : ", and this quote names no service domain"),
          "a domain that stays where it was measured");
    } else {
      checks.passed("td-migration", "MIGRATABLE is not set", "not set");
    }
  }
}
