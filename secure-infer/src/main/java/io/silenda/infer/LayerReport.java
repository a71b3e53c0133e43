package io.silenda.infer;

/**
 * What one layer of a compiled model costs.
 *
 * @param name name of the layer
 * @param kind linear, square, product, or the polynomial's degree
 * @param level level of the ciphertext that it takes
 * @param levels levels that it consumes
 * @param log2Scale log2 of the scale of its result
 * @param ciphertexts ciphertexts of its result
 * @param diagonals products with encoded weights
 * @param rotations rotations before and within the sum
 * @param folds rotate-and-add steps after it
 * @param keySwitches rotations, folds and relinearizations together
 * @param predictedError what the noise that this layer adds makes of an answer: four standard
 *     deviations
 * @param rangeUse part of its interval that a polynomial's arguments use on the sample rows; 0
 *     where the layer has no interval
 * @param predictedMillis predicted milliseconds on one thread
 */
public record LayerReport(
    String name,
    String kind,
    int level,
    int levels,
    double log2Scale,
    int ciphertexts,
    int diagonals,
    int rotations,
    int folds,
    int keySwitches,
    double predictedError,
    double rangeUse,
    double predictedMillis) {}
