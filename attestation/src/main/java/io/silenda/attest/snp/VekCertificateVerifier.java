package io.silenda.attest.snp;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.Certificates;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Verifies the certificate of an endorsement key by itself, such as one that was fetched ahead of
 * the reports it will sign. It attests nothing: its claims have no measurement, no nonce and no
 * debug state.
 */
public final class VekCertificateVerifier implements EvidenceVerifier {
  private static final String FORMAT = "vcek-certificate";

  @Override
  public Set<String> formats() {
    return Set.of(FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    VekExtensions extensions =
        context.checksSignatures()
            ? verified(evidence, context, checks)
            : VekExtensions.of(Certificates.parse("vek", evidence.bytes()));
    Claims.Builder claims =
        Claims.builder(Tee.SNP, FORMAT).measured("product", extensions.product().label());
    extensions
        .hardwareId()
        .map(HexFormat.of()::formatHex)
        .ifPresent(id -> claims.measured("chip_id", id).platformId(id));
    extensions.cloudProvider().ifPresent(csp -> claims.measured("csp_id", csp));
    SnpClaims.addTcb(claims, "", extensions.tcb());
    return claims.build();
  }

  private static VekExtensions verified(
      Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    List<EndorsementFile> files = new ArrayList<>();
    files.add(new EndorsementFile("evidence", evidence.bytes()));
    files.addAll(evidence.endorsements());
    return EndorsementKey.verify(AmdEndorsements.parse(files), context, checks).extensions();
  }
}
