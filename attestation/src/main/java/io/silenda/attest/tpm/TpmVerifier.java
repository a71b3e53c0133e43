package io.silenda.attest.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.jwk.EndorsedKey;
import io.silenda.attest.jwk.KeyFile;
import io.silenda.attest.pki.CertificateChains;
import io.silenda.attest.pki.CertificatePath;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.ChainRules;
import io.silenda.attest.pki.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Verifies quotes of a TPM of the caller's own. The evidence is the TPMS_ATTEST; endorsements, in
 * this order: the TPMT_SIGNATURE, the PCR values as JSON, and the attestation key (AK): a public
 * key that is among the caller's anchors, or certificates, leaf first, that lead to one of them.
 * There is no vendor's root. A TPM measures what was booted; whoever administers the host reads its
 * memory all the same, so nothing here says that debugging is off.
 */
public final class TpmVerifier implements EvidenceVerifier {
  private static final String FORMAT = "tpm2-quote";
  private static final int SIGNATURE = 0;
  private static final int PCRS = 1;
  private static final int ATTESTATION_KEY = 2;

  @Override
  public Set<String> formats() {
    return Set.of(FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    List<EndorsementFile> files = evidence.endorsements();
    if (files.size() <= ATTESTATION_KEY) {
      throw new AttestationException(
          Reason.MISSING_FIELD,
          "tpm-files",
          files.size() + " files",
          "signature, PCR values and attestation key");
    }
    TpmQuoteChecks quote =
        new TpmQuoteChecks(
            TpmQuoteParser.parse(evidence.bytes()),
            TpmSignature.parse(files.get(SIGNATURE).bytes()),
            PcrBanks.parse(files.get(PCRS)));
    Claims.Builder claims = Claims.builder(Tee.TPM, FORMAT);
    if (context.checksSignatures()) {
      List<EndorsementFile> keyFiles = files.subList(ATTESTATION_KEY, files.size());
      claims.simulated(isUnendorsed(keyFiles, context));
      quote.require(attestationKey(keyFiles, context, checks), checks, claims);
    } else {
      quote.addUnproven(claims);
    }
    return claims.build();
  }

  private static PublicKey attestationKey(
      List<EndorsementFile> files, VerificationContext context, CheckList checks)
      throws AttestationException {
    if (isUnendorsed(files, context)) {
      checks.passed(
          "ak-simulated",
          "SIMULATED: a bare key, and no root that endorses it",
          "a policy that allows simulation");
      return PublicKey.of("ak", KeyFile.parse(files.get(0)));
    }
    if (isBareKey(files)) {
      return EndorsedKey.require("ak", files, context, checks);
    }
    List<X509CertificateHolder> chain = new ArrayList<>();
    for (EndorsementFile file : files) {
      chain.addAll(Certificates.parseFile(file.name(), file.bytes()));
    }
    ChainRules rules = new ChainRules(context.anchorsOr(List.of()), context.time());
    CertificatePath path = CertificateChains.validate("ak", chain, rules, checks);
    AttestationKeyRole.require(path.leaf(), checks);
    return path.leafKey("ak");
  }

  /**
   * Anybody can make a software TPM whose quotes verify under the key that comes along. Where the
   * caller gives no roots, such a quote is read, and counts as simulated.
   */
  private static boolean isUnendorsed(List<EndorsementFile> files, VerificationContext context) {
    return isBareKey(files) && context.anchors().isEmpty() && context.checksCollateral();
  }

  private static boolean isBareKey(List<EndorsementFile> files) {
    return files.size() == 1 && !isCertificate(files.get(0));
  }

  private static boolean isCertificate(EndorsementFile file) {
    String text = new String(file.bytes(), StandardCharsets.US_ASCII).strip();
    return !text.startsWith("{") && !text.startsWith("-----BEGIN PUBLIC KEY");
  }
}
