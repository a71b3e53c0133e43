package io.silenda.attest.intel;

import io.silenda.attest.pki.TrustAnchor;
import java.util.HexFormat;
import java.util.List;

/** Roots of Intel's attestation keys. */
public final class IntelRoots {
  /** Public key of "Intel SGX Root CA", published by Intel with its provisioning service. */
  private static final String SGX_ROOT_CA =
      "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
          + "0ba9c4c0c0c86193a3fe23d6b02cda10a8bbd4e88e48b4458561a36e705525f5"
          + "67918e2edc88e40d860bd0cc4ee26aacc988e505a953558c453f6b0904ae7394";

  private static final List<TrustAnchor> PINNED =
      List.of(new TrustAnchor("Intel SGX Root CA", HexFormat.of().parseHex(SGX_ROOT_CA)));

  private IntelRoots() {}

  /** The pinned keys. */
  public static List<TrustAnchor> pinned() {
    return PINNED;
  }
}
