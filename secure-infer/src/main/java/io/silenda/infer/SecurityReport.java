package io.silenda.infer;

import io.silenda.he.CkksParameters;
import io.silenda.he.SecurityTable;

/**
 * How the parameters stand against the table of Bossuat et al. (2024) for ternary secrets.
 *
 * @param polyModulusDegree N
 * @param log2Modulus bits of all primes together, the special one included
 * @param allowedLog2Modulus most bits that the table allows at 128-bit security
 * @param securityBits what the table promises
 */
public record SecurityReport(
    int polyModulusDegree, int log2Modulus, int allowedLog2Modulus, int securityBits) {

  static SecurityReport of(CkksParameters parameters) {
    return new SecurityReport(
        parameters.polyModulusDegree(),
        parameters.totalModulusBits(),
        SecurityTable.maxModulusBits(parameters.polyModulusDegree()),
        parameters.securityBits());
  }
}
