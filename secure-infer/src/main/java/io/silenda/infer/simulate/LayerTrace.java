package io.silenda.infer.simulate;

/**
 * What one step of a simulated program saw.
 *
 * @param name name of the layer
 * @param level level of the ciphertexts that it takes
 * @param log2Scale log2 of the scale of its result
 * @param maxAbs largest magnitude in its result
 * @param headroomBits bits between that magnitude at its scale and half the modulus; below 0 the
 *     result may be lost
 * @param noiseDeviation standard deviation of the noise that it adds to each element
 * @param rangeUse largest magnitude of a polynomial's argument, as a part of the interval it was
 *     made for; above 1 it left the interval; 0 where the layer is no such polynomial
 * @param outOfRange arguments outside that interval
 */
public record LayerTrace(
    String name,
    int level,
    double log2Scale,
    double maxAbs,
    double headroomBits,
    double noiseDeviation,
    double rangeUse,
    long outOfRange) {

  /** The trace of more rows of the same layer. */
  LayerTrace merge(LayerTrace more) {
    return new LayerTrace(
        name,
        level,
        log2Scale,
        Math.max(maxAbs, more.maxAbs),
        Math.min(headroomBits, more.headroomBits),
        noiseDeviation,
        Math.max(rangeUse, more.rangeUse),
        outOfRange + more.outOfRange);
  }
}
