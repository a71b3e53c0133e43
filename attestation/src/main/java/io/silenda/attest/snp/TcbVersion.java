package io.silenda.attest.snp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * TCB_VERSION, [ABI] table 3: security version numbers, each 0 to 255. {@code fmc} exists on Turin
 * only and is 0 elsewhere. TCBs are compared component by component, never as one integer.
 */
public record TcbVersion(int fmc, int bootLoader, int tee, int snp, int microcode) {

  /**
   * The components of {@code raw} (little endian as in the report) in the layout of {@code
   * product}. Reserved bytes are the business of {@link #reservedBits}.
   */
  static TcbVersion of(long raw, SnpProduct product) {
    return product == SnpProduct.TURIN
        ? new TcbVersion(part(raw, 0), part(raw, 1), part(raw, 2), part(raw, 3), part(raw, 7))
        : new TcbVersion(0, part(raw, 0), part(raw, 1), part(raw, 6), part(raw, 7));
  }

  /** The bits of {@code raw} that must be zero for {@code product}. */
  static long reservedBits(long raw, SnpProduct product) {
    return raw & (product == SnpProduct.TURIN ? 0x00ff_ffff_0000_0000L : 0x0000_ffff_ffff_0000L);
  }

  private static int part(long raw, int index) {
    return (int) (raw >>> (8 * index)) & 0xff;
  }

  /**
   * The components of this TCB that are below those of {@code floor}, as text; empty if none is.
   */
  public List<String> below(TcbVersion floor) {
    List<String> lower = new ArrayList<>();
    Map<String, Integer> wanted = floor.components();
    components()
        .forEach(
            (name, value) -> {
              int least = wanted.getOrDefault(name, 0);
              if (value < least) {
                lower.add(name + " " + value + " < " + least);
              }
            });
    return lower;
  }

  Map<String, Integer> components() {
    return Map.of(
        "fmc", fmc, "bootloader", bootLoader, "tee", tee, "snp", snp, "microcode", microcode);
  }

  @Override
  public String toString() {
    return "fmc=%d,bootloader=%d,tee=%d,snp=%d,microcode=%d"
        .formatted(fmc, bootLoader, tee, snp, microcode);
  }
}
