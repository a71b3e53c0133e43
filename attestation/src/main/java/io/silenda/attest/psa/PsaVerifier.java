package io.silenda.attest.psa;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.cose.CoseSign1;
import io.silenda.attest.jwk.EndorsedKey;
import io.silenda.attest.pki.PublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Verifies PSA tokens. The endorsement is the public key of the device's initial attestation key
 * (IAK), which must be among the caller's anchors. Tokens under a MAC (COSE_Mac0) are refused:
 * whoever verifies them could have made them.
 */
public final class PsaVerifier implements EvidenceVerifier {
  private static final String FORMAT = "psa-token";
  private static final HexFormat HEX = HexFormat.of();

  @Override
  public Set<String> formats() {
    return Set.of(FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    CoseSign1 message = CoseSign1.parse(evidence.bytes(), CoseSign1.Tagging.TAGGED);
    PsaToken token = PsaTokenParser.parse(message.payload());
    if (!context.checksSignatures()) {
      return claims(token, DebugState.UNKNOWN);
    }
    PublicKey key = EndorsedKey.require("iak", evidence.endorsements(), context, checks);
    message.requireSignedBy(key, "psa-signature", checks);
    checks.signed(claims(token, DebugState.UNKNOWN));
    return claims(token, Lifecycle.of(token.lifecycle()).requireAttestable(checks));
  }

  private static Claims claims(PsaToken token, DebugState debug) {
    String nonce = HEX.formatHex(token.nonce());
    String instance = HEX.formatHex(token.instanceId());
    Claims.Builder claims =
        Claims.builder(Tee.PSA, FORMAT)
            .debug(debug)
            .nonce(nonce)
            .platformId(instance)
            .measured("nonce", nonce)
            .measured("implementation_id", HEX.formatHex(token.implementationId()))
            .measured("instance_id", instance)
            .measured("client_id", Integer.toString(token.clientId()))
            .measured("lifecycle", "0x%04x".formatted(token.lifecycle()))
            .measured("profile", token.profile().id());
    token.bootSeed().ifPresent(seed -> claims.measured("boot_seed", HEX.formatHex(seed)));
    token
        .certificationReference()
        .ifPresent(reference -> claims.measured("certification_reference", reference));
    addComponents(claims, token.softwareComponents());
    return claims.build();
  }

  /**
   * Adds {@code sw0}, {@code sw1}… for the measurements and {@code sw0_signer}… for their signers.
   */
  public static void addComponents(Claims.Builder claims, List<SoftwareComponent> components) {
    for (int i = 0; i < components.size(); i++) {
      SoftwareComponent component = components.get(i);
      String name = "sw" + i;
      claims.measured(name, HEX.formatHex(component.measurement()));
      component.signerId().ifPresent(id -> claims.measured(name + "_signer", HEX.formatHex(id)));
      component.type().ifPresent(type -> claims.measured(name + "_type", type));
      component.version().ifPresent(version -> claims.measured(name + "_version", version));
    }
  }
}
