package io.silenda.attest.psa;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A measured piece of firmware, RFC 9783 section 4.4.1; CCA platform tokens have the same. */
public record SoftwareComponent(
    Optional<String> type,
    byte[] measurement,
    Optional<String> version,
    Optional<byte[]> signerId,
    Optional<String> algorithm) {
  private static final CborValue TYPE = CborMap.key(1);
  private static final CborValue MEASUREMENT = CborMap.key(2);
  private static final CborValue VERSION = CborMap.key(4);
  private static final CborValue SIGNER_ID = CborMap.key(5);
  private static final CborValue ALGORITHM = CborMap.key(6);

  public SoftwareComponent {
    measurement = measurement.clone();
    signerId = signerId.map(byte[]::clone);
  }

  @Override
  public byte[] measurement() {
    return measurement.clone();
  }

  @Override
  public Optional<byte[]> signerId() {
    return signerId.map(byte[]::clone);
  }

  /** Reads a non-empty list of components. */
  public static List<SoftwareComponent> parseAll(List<CborValue> values, boolean signerRequired)
      throws AttestationException {
    if (values.isEmpty()) {
      throw new AttestationException(
          Reason.MISSING_FIELD, "software-components", "none", "one or more");
    }
    List<SoftwareComponent> components = new ArrayList<>();
    for (CborValue value : values) {
      components.add(parse(Cbor.asMap(value, "software-component"), signerRequired));
    }
    return List.copyOf(components);
  }

  private static SoftwareComponent parse(CborMap map, boolean signerRequired)
      throws AttestationException {
    Optional<byte[]> signer = map.optionalBytes(SIGNER_ID, "signer-id");
    if (signer.isPresent()) {
      ClaimFormats.requireHash(signer.get(), "signer-id");
    } else if (signerRequired) {
      throw new AttestationException(Reason.MISSING_FIELD, "signer-id", "absent", "present");
    }
    return new SoftwareComponent(
        map.optionalText(TYPE, "measurement-type"),
        ClaimFormats.requireHash(map.bytes(MEASUREMENT, "measurement-value"), "measurement-value"),
        map.optionalText(VERSION, "component-version"),
        signer,
        map.optionalText(ALGORITHM, "measurement-description"));
  }
}
