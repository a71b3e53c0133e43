package io.silenda.infer.schedule;

import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import java.util.List;

/**
 * Predicts the error of an encrypted answer from first principles: variances of the real part of
 * one slot, carried to the answer by the {@link Sensitivity} of the network.
 *
 * <p>Sources: encryption (σ = 3.2), encoding of inputs and weights (uniform rounding of each
 * coefficient), rescaling (rounding of both polynomials against a ternary secret) and key switching
 * (digits below q_j, not centred, as in SEAL).
 */
final class NoiseModel {
  private static final double SIGMA_SQUARED = 3.2 * 3.2;

  /** A scale must stay this many bits below half the modulus, however small the values are. */
  private static final double MIN_SCALE_ROOM = 0.75;

  private final int degree;
  private final List<PackedStep> steps;
  private final Sensitivity sensitivity;
  private final double log2AnswerCoefficient;

  /**
   * @param headroom factor by which an answer may outgrow those of the sample rows
   */
  NoiseModel(PackedProgram program, Sensitivity sensitivity, double headroom) {
    this.degree = 2 * program.slotCount();
    this.steps = program.steps();
    this.sensitivity = sensitivity;
    double coefficient = headroom * sensitivity.answerSum() * program.batch() * 2 / degree;
    this.log2AnswerCoefficient = log2(Math.max(coefficient, 1e-9));
  }

  /** Standard deviation of the error of the worst output on the worst sample row. */
  double predictedDeviation(ScaleChoice choice) {
    double variance =
        square(sensitivity.gain()[0]) * inputVariance() / scaleSquared(choice.inputScale());
    double scale = choice.inputScale();
    for (int i = 0; i < steps.size(); i++) {
      double next = scaleAfter(choice, i, scale);
      variance +=
          steps.get(i) instanceof PackedLinear linear
              ? linearVariance(choice, i, linear, scale, next)
              : squareVariance(choice, i, scale, next);
      scale = next;
    }
    return Math.sqrt(variance);
  }

  /** By how many bits values outgrow their modulus; zero or less where all fit. */
  double overflowBits(ScaleChoice choice) {
    double overflow = Double.NEGATIVE_INFINITY;
    double scale = choice.inputScale();
    double modulus = choice.totalBits() - choice.specialPrime() - 1.0;
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      double next = scaleAfter(choice, i, scale);
      modulus -= last ? 0 : choice.rescalePrimes()[i];
      double magnitude =
          last
              ? Math.max(MIN_SCALE_ROOM, log2AnswerCoefficient)
              : log2(Math.max(1e-9, sensitivity.maxAbs()[i + 1])) + 2;
      overflow = Math.max(overflow, next + magnitude - modulus);
      scale = next;
    }
    return overflow;
  }

  private double scaleAfter(ScaleChoice choice, int i, double scale) {
    double product =
        steps.get(i) instanceof PackedLinear ? scale + choice.weightScales()[i] : 2 * scale;
    return i < choice.rescalePrimes().length ? product - choice.rescalePrimes()[i] : product;
  }

  private double inputVariance() {
    return degree / 2.0 * SIGMA_SQUARED + encodingVariance();
  }

  private double encodingVariance() {
    return degree / 24.0;
  }

  private double linearVariance(
      ScaleChoice choice, int i, PackedLinear linear, double scale, double next) {
    double gainAfter = square(sensitivity.gain()[i + 1]);
    double folds = 1 << linear.folds().length;
    double weights =
        encodingVariance()
            / scaleSquared(choice.weightScales()[i])
            * linear.inputUses()
            * square(sensitivity.norm()[i]);
    double giants =
        keySwitchVariance(choice, i)
            * linear.rotationCount()
            * folds
            / scaleSquared(scale + choice.weightScales()[i]);
    double rescale =
        i < choice.rescalePrimes().length ? folds * roundingVariance() / scaleSquared(next) : 0;
    double folding =
        linear.folds().length == 0
            ? 0
            : folds * keySwitchVariance(choice, i + 1) / scaleSquared(next);
    boolean rotatesInput = linear.diagonals().stream().anyMatch(d -> d.baby() != 0);
    double babies =
        rotatesInput
            ? keySwitchVariance(choice, i) / scaleSquared(scale) * square(sensitivity.gain()[i])
            : 0;
    return babies + gainAfter * (weights + giants + rescale + folding);
  }

  private double squareVariance(ScaleChoice choice, int i, double scale, double next) {
    double relinearize = keySwitchVariance(choice, i) / scaleSquared(2 * scale);
    double rescale = roundingVariance() / scaleSquared(next);
    return square(sensitivity.gain()[i + 1]) * (relinearize + rescale);
  }

  /** Variance of one slot after a key switch with the primes that are left before stage i. */
  private double keySwitchVariance(ScaleChoice choice, int i) {
    double digits = square(Math.pow(2, choice.firstPrime() - choice.specialPrime()));
    for (int j = i; j < choice.rescalePrimes().length; j++) {
      digits += square(Math.pow(2, choice.rescalePrimes()[j] - choice.specialPrime()));
    }
    return degree / 2.0 * (digits * degree / 3.0 * SIGMA_SQUARED) + roundingVariance();
  }

  private double roundingVariance() {
    return degree / 2.0 * (1 + 2.0 * degree / 3) / 12;
  }

  private static double scaleSquared(double log2Scale) {
    return Math.pow(4, log2Scale);
  }

  private static double square(double x) {
    return x * x;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
