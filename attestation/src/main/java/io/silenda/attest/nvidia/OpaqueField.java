package io.silenda.attest.nvidia;

import java.util.Optional;

/** Fields of the opaque data that carry meaning for a verifier, by NVIDIA's numbers, [NVTRUST]. */
enum OpaqueField {
  DRIVER_VERSION(3, "driver_version", true),
  VBIOS_VERSION(6, "vbios_version", false),
  BOARD_ID(14, "board_id", false),
  CHIP_SKU(15, "chip_sku", true),
  CHIP_SKU_MOD(16, "chip_sku_mod", true),
  PROJECT(17, "project", true),
  PROJECT_SKU(18, "project_sku", true),
  PROJECT_SKU_MOD(19, "project_sku_mod", true),
  /** Hash of the firmware that got the signing key. */
  FIRMWARE_ID(20, "fwid", false),
  PROTECTED_PCIE_STATUS(21, "protected_pcie_status", false);

  private final int id;
  private final String claim;
  private final boolean text;

  OpaqueField(int id, String claim, boolean text) {
    this.id = id;
    this.claim = claim;
    this.text = text;
  }

  int id() {
    return id;
  }

  /** The name among the measured values. */
  String claim() {
    return claim;
  }

  /** Whether the value is ASCII that ends at a zero byte. */
  boolean isText() {
    return text;
  }

  static Optional<OpaqueField> of(int id) {
    for (OpaqueField field : values()) {
      if (field.id == id) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
