package io.silenda.bench.kernels;

import io.silenda.he.CkksParameters;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Parameters that are measured, 128-bit secure. The data primes are what counts for the time. */
@SuppressWarnings("ImmutableEnumChecker") // CkksParameters is immutable
public enum Preset {
  /** A small ring: logistic regression. */
  N4096_L2(4096, List.of(36, 34), 36, 0x1p30),
  /** A matrix and a vector. */
  N8192_L2(8192, List.of(50, 40), 50, 0x1p40),
  /** Small networks. */
  N8192_L5(8192, List.of(49, 34, 25, 34, 24), 48, 0x1p32),
  /** Networks with approximated activations. */
  N16384_L7(16384, primes(50, 40, 7), 50, 0x1p40),
  /** Long chains; room is left for more special primes. */
  N32768_L16(32768, primes(46, 40, 16), 50, 0x1p40);

  private final CkksParameters parameters;
  private final double scale;

  Preset(int degree, List<Integer> dataPrimeBits, int specialPrimeBits, double scale) {
    this.parameters = CkksParameters.of(degree, dataPrimeBits, specialPrimeBits);
    this.scale = scale;
  }

  private static List<Integer> primes(int first, int others, int count) {
    return Stream.concat(Stream.of(first), Collections.nCopies(count - 1, others).stream())
        .toList();
  }

  /** The parameters. */
  public CkksParameters parameters() {
    return parameters;
  }

  /** The scale that values are encoded at. */
  public double scale() {
    return scale;
  }
}
