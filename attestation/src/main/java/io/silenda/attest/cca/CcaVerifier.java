package io.silenda.attest.cca;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.jwk.EndorsedKey;
import io.silenda.attest.pki.PublicKey;
import io.silenda.attest.psa.Lifecycle;
import io.silenda.attest.psa.PsaVerifier;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Verifies CCA tokens. The endorsement is the public key of the CCA platform attestation key
 * (CPAK), which must be among the caller's anchors. The platform token's challenge is the hash of
 * the realm's key: that is what ties the two tokens together.
 */
public final class CcaVerifier implements EvidenceVerifier {
  private static final String FORMAT = "cca-token";
  private static final HexFormat HEX = HexFormat.of();

  @Override
  public Set<String> formats() {
    return Set.of(FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    CcaToken token = CcaToken.parse(evidence.bytes());
    if (!context.checksSignatures()) {
      return claims(token, DebugState.UNKNOWN);
    }
    PublicKey cpak = EndorsedKey.require("cpak", evidence.endorsements(), context, checks);
    token.platform().requireSignedBy(cpak, "cca-platform-signature", checks);
    requireBinding(token, checks);
    token.realm().requireSignedBy(token.realmClaims().key(), "cca-realm-signature", checks);
    checks.signed(claims(token, DebugState.UNKNOWN));
    Lifecycle lifecycle = Lifecycle.of(token.platformClaims().lifecycle());
    return claims(token, lifecycle.requireAttestable(checks));
  }

  /** [RMM] A7.2.3.2.1: the platform's challenge is the hash of the RAK claim. */
  private static void requireBinding(CcaToken token, CheckList checks) throws AttestationException {
    RealmClaims realm = token.realmClaims();
    byte[] wanted = realm.publicKeyHash().hash(realm.publicKey());
    byte[] seen = token.platformClaims().challenge();
    checks.require(
        Arrays.equals(seen, wanted),
        "cca-binding",
        Reason.CCA_BINDING,
        "platform challenge " + HEX.formatHex(seen),
        HEX.formatHex(wanted) + ", the hash of the realm's key");
  }

  private static Claims claims(CcaToken token, DebugState debug) {
    PlatformClaims platform = token.platformClaims();
    RealmClaims realm = token.realmClaims();
    String challenge = HEX.formatHex(realm.challenge());
    String instance = HEX.formatHex(platform.instanceId());
    Claims.Builder claims =
        Claims.builder(Tee.CCA, FORMAT)
            .debug(debug)
            .nonce(challenge)
            .platformId(instance)
            .measured("rim", HEX.formatHex(realm.initialMeasurement()));
    List<byte[]> extensible = realm.extensibleMeasurements();
    for (int i = 0; i < extensible.size(); i++) {
      claims.measured("rem" + i, HEX.formatHex(extensible.get(i)));
    }
    claims
        .measured("challenge", challenge)
        .measured("personalization_value", HEX.formatHex(realm.personalizationValue()))
        .measured("implementation_id", HEX.formatHex(platform.implementationId()))
        .measured("instance_id", instance)
        .measured("platform_config", HEX.formatHex(platform.config()))
        .measured("lifecycle", "0x%04x".formatted(platform.lifecycle()));
    PsaVerifier.addComponents(claims, platform.softwareComponents());
    return claims.build();
  }
}
