package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A TDX module that may run on the platform.
 *
 * @param id {@code TDX_01} and so on; empty for the one that has no identity of its own
 * @param mrSigner hash of its signer's key, 48 bytes
 * @param attributes what its attributes must be under the mask, 8 bytes
 * @param attributesMask 8 bytes
 * @param levels its levels, highest first; none without an identity
 */
public record TdxModule(
    String id,
    byte[] mrSigner,
    byte[] attributes,
    byte[] attributesMask,
    List<SoftwareLevel> levels) {
  static TdxModule readPlain(JsonObject module) throws AttestationException {
    return read("", module, List.of());
  }

  static List<TdxModule> readIdentities(JsonObject tcbInfo) throws AttestationException {
    List<TdxModule> identities = new ArrayList<>();
    if (tcbInfo.has("tdxModuleIdentities")) {
      for (JsonObject identity : tcbInfo.objects("tdxModuleIdentities")) {
        identities.add(read(identity.text("id"), identity, SoftwareLevel.readAll(identity)));
      }
    }
    return List.copyOf(identities);
  }

  private static TdxModule read(String id, JsonObject module, List<SoftwareLevel> levels)
      throws AttestationException {
    return new TdxModule(
        id,
        module.hex("mrsigner", 48),
        module.hex("attributes", 8),
        module.hex("attributesMask", 8),
        levels);
  }
}
