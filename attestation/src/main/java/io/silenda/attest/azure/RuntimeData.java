package io.silenda.attest.azure;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import io.silenda.attest.jwk.Jwk;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Run-time claims of the host compatibility layer, [HCL].
 *
 * @param attestationKey of the virtual TPM; becomes a key only when the hardware has vouched for
 *     it, since checking a modulus takes time
 * @param secureBoot empty where the claims do not say
 */
record RuntimeData(
    SubjectPublicKeyInfo attestationKey,
    Optional<Boolean> secureBoot,
    Optional<Boolean> consoleEnabled,
    Optional<String> vmId,
    Optional<String> userData) {
  private static final String AK_NAME = "HCLAkPub";

  static RuntimeData parse(byte[] json) throws AttestationException {
    JsonObject claims = StrictJson.parseObject("hcl-runtime-data", json);
    Optional<JsonObject> configuration =
        claims.has("vm-configuration")
            ? Optional.of(claims.object("vm-configuration"))
            : Optional.empty();
    return new RuntimeData(
        attestationKey(claims.objects("keys")),
        flag(configuration, "secure-boot"),
        flag(configuration, "console-enabled"),
        configuration.isPresent()
            ? configuration.get().optionalText("vmUniqueId")
            : Optional.empty(),
        claims.optionalText("user-data"));
  }

  private static SubjectPublicKeyInfo attestationKey(List<JsonObject> keys)
      throws AttestationException {
    List<JsonObject> found =
        keys.stream().filter(key -> key.has("kid")).filter(RuntimeData::isAttestationKey).toList();
    if (found.size() != 1) {
      throw new AttestationException(
          Reason.MISSING_FIELD,
          "hcl-attestation-key",
          found.size() + " keys named " + AK_NAME,
          "one");
    }
    return Jwk.publicKey(AK_NAME, found.get(0));
  }

  private static boolean isAttestationKey(JsonObject key) {
    try {
      return key.text("kid").equals(AK_NAME);
    } catch (AttestationException notText) {
      return false;
    }
  }

  private static Optional<Boolean> flag(Optional<JsonObject> configuration, String name)
      throws AttestationException {
    return configuration.isPresent() && configuration.get().has(name)
        ? Optional.of(configuration.get().bool(name))
        : Optional.empty();
  }
}
