package io.silenda.attest.snp;

import java.util.Optional;

/** Processor families whose keys AMD certifies separately ([KDS] section 1.1). */
public enum SnpProduct {
  MILAN("Milan", 64),
  /** Bergamo and Siena have this product's keys too. */
  GENOA("Genoa", 64),
  TURIN("Turin", 8);

  private static final int FAMILY_ZEN3_ZEN4 = 0x19;
  private static final int FAMILY_ZEN5 = 0x1a;

  private final String label;
  private final int hardwareIdBytes;

  SnpProduct(String label, int hardwareIdBytes) {
    this.label = label;
    this.hardwareIdBytes = hardwareIdBytes;
  }

  /** The name in certificates: {@code Milan}, {@code Genoa}, {@code Turin}. */
  public String label() {
    return label;
  }

  /** Significant bytes of CHIP_ID; the rest of the field is zero ([KDS] table 9). */
  public int hardwareIdBytes() {
    return hardwareIdBytes;
  }

  /**
   * The product of a family and model as CPUID function 1 gives them, both with their extended
   * parts.
   */
  public static Optional<SnpProduct> ofCpuid(int family, int model) {
    int modelGroup = model >> 4;
    if (family == FAMILY_ZEN3_ZEN4) {
      return switch (modelGroup) {
        case 0x0 -> Optional.of(MILAN);
        case 0x1, 0xa -> Optional.of(GENOA);
        default -> Optional.empty();
      };
    }
    return family == FAMILY_ZEN5 && modelGroup <= 1 ? Optional.of(TURIN) : Optional.empty();
  }

  /** The product of a certificate's product name, which may carry a stepping: {@code Milan-B0}. */
  public static Optional<SnpProduct> ofName(String name) {
    int dash = name.indexOf('-');
    String stem = dash < 0 ? name : name.substring(0, dash);
    for (SnpProduct product : values()) {
      if (product.label.equals(stem)) {
        return Optional.of(product);
      }
    }
    return Optional.empty();
  }
}
