package io.silenda.infer.schedule;

import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import java.util.List;

/**
 * Predicts the error of an encrypted answer from first principles: variances of the real part of
 * one slot, carried to the answer by the {@link Sensitivity} of the network. What a polynomial
 * differs from the function in whose place it stands is no part of it.
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
  private final int[] start;
  private final Sensitivity sensitivity;
  private final double log2AnswerCoefficient;
  private final double digitPeak;

  /**
   * @param headroom factor by which an answer may outgrow those of the sample rows
   */
  NoiseModel(PackedProgram program, Sensitivity sensitivity, double headroom) {
    this.degree = 2 * program.slotCount();
    this.steps = program.steps();
    this.start = new int[steps.size()];
    for (int i = 1; i < start.length; i++) {
      start[i] = start[i - 1] + steps.get(i - 1).depth();
    }
    this.sensitivity = sensitivity;
    this.digitPeak = DigitPeak.ofAnswers(program);
    double coefficient = headroom * sensitivity.answerSum() * program.batch() * 2 / degree;
    this.log2AnswerCoefficient = log2(Math.max(coefficient, 1e-9));
  }

  /**
   * Standard deviation of the error of an output on the worst sample row, averaged over the slots
   * that outputs may stand in.
   */
  double predictedDeviation(ScaleChoice choice) {
    return deviation(choice, 1);
  }

  /**
   * The same in the worst slot that an output does stand in. Digits of a key switch are not
   * centred, so their sum is large where the slot's root of unity is close to one: in the first
   * slots.
   */
  double worstDeviation(ScaleChoice choice) {
    return deviation(choice, digitPeak);
  }

  private double deviation(ScaleChoice choice, double answerPeak) {
    double variance =
        square(sensitivity.gain()[0]) * inputVariance() / scaleSquared(choice.inputScale());
    double scale = choice.inputScale();
    for (int i = 0; i < steps.size(); i++) {
      double next = scaleAfter(choice, i, scale);
      variance += stepVariance(choice, i, scale, next);
      if (i == steps.size() - 1 && steps.get(i) instanceof PackedLinear linear) {
        variance += (answerPeak - 1) * answerKeySwitches(choice, i, linear, scale);
      }
      scale = next;
    }
    return Math.sqrt(variance);
  }

  /**
   * Standard deviation of the noise that joins each tensor, the input's first: what encryption and
   * each step add, not what they carry on. A rotated operand's noise counts for the step's result.
   */
  double[] tensorDeviations(ScaleChoice choice) {
    double[] deviations = new double[steps.size() + 1];
    deviations[0] = Math.sqrt(inputVariance() / scaleSquared(choice.inputScale()));
    double scale = choice.inputScale();
    for (int i = 0; i < steps.size(); i++) {
      double next = scaleAfter(choice, i, scale);
      double reach = Math.max(sensitivity.gain()[i + 1], Double.MIN_NORMAL);
      deviations[i + 1] = Math.sqrt(stepVariance(choice, i, scale, next)) / reach;
      scale = next;
    }
    return deviations;
  }

  /**
   * Standard deviation of what is the same in all answers under one key: digits that are not
   * centred meet the same errors of the evaluation keys every time.
   */
  double sharedDeviation(ScaleChoice choice) {
    double difference = square(worstDeviation(choice)) - square(predictedDeviation(choice));
    return Math.sqrt(Math.max(0, difference));
  }

  private double stepVariance(ScaleChoice choice, int i, double scale, double next) {
    if (steps.get(i) instanceof PackedLinear linear) {
      return linearVariance(choice, i, linear, scale, next);
    }
    return isSquare(i)
        ? squareVariance(choice, i, scale, next)
        : square(sensitivity.gain()[i + 1]) * polynomialNoise(choice, i).variance(scale, next);
  }

  /** By how many bits values outgrow their modulus; zero or less where all fit. */
  double overflowBits(ScaleChoice choice) {
    double overflow = Double.NEGATIVE_INFINITY;
    double scale = choice.inputScale();
    double modulus = choice.totalBits() - choice.specialPrime() - 1.0;
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      double next = scaleAfter(choice, i, scale);
      if (!last && steps.get(i) instanceof PackedPolynomial && !isSquare(i)) {
        overflow = Math.max(overflow, polynomialNoise(choice, i).overflowBits(scale, modulus));
      }
      modulus -= last ? 0 : primesOf(choice, i);
      double magnitude =
          last
              ? Math.max(MIN_SCALE_ROOM, log2AnswerCoefficient)
              : log2(Math.max(1e-9, sensitivity.maxAbs()[i + 1])) + 2;
      overflow = Math.max(overflow, next + magnitude - modulus);
      scale = next;
    }
    return overflow;
  }

  private int primesOf(ScaleChoice choice, int i) {
    int bits = 0;
    for (int j = start[i]; j < start[i] + steps.get(i).depth(); j++) {
      bits += choice.rescalePrimes()[j];
    }
    return bits;
  }

  private double scaleAfter(ScaleChoice choice, int i, double scale) {
    if (steps.get(i) instanceof PackedPolynomial && !isSquare(i)) {
      return choice.stepScales()[i];
    }
    double product =
        steps.get(i) instanceof PackedLinear ? scale + choice.stepScales()[i] : 2 * scale;
    return rescales(choice, i) ? product - choice.rescalePrimes()[start[i]] : product;
  }

  private boolean rescales(ScaleChoice choice, int i) {
    return start[i] < choice.rescalePrimes().length;
  }

  private boolean isSquare(int i) {
    return steps.get(i) instanceof PackedPolynomial polynomial && polynomial.isSquare();
  }

  private PolynomialNoise polynomialNoise(ScaleChoice choice, int i) {
    PackedPolynomial step = (PackedPolynomial) steps.get(i);
    double[] keySwitch = new double[step.depth()];
    for (int d = 0; d < keySwitch.length; d++) {
      keySwitch[d] = keySwitchVariance(choice, start[i] + d);
    }
    PolynomialGains gains = sensitivity.polynomials().get(i);
    if (gains == null) {
      throw new IllegalStateException("no gains of polynomial step " + i);
    }
    return new PolynomialNoise(
        step.polynomial(), gains, choice.rescalePrimes(), start[i], keySwitch, roundingVariance());
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
            / scaleSquared(choice.stepScales()[i])
            * linear.inputUses()
            * square(sensitivity.norm()[i]);
    double keySwitch = keySwitchVariance(choice, start[i]);
    double giants =
        keySwitch * linear.rotationCount() * folds / scaleSquared(scale + choice.stepScales()[i]);
    double rescale = rescales(choice, i) ? folds * roundingVariance() / scaleSquared(next) : 0;
    double folding =
        linear.folds().length == 0
            ? 0
            : folds * keySwitchVariance(choice, start[i] + 1) / scaleSquared(next);
    boolean rotatesInput = linear.diagonals().stream().anyMatch(d -> d.baby() != 0);
    double babies =
        rotatesInput ? keySwitch / scaleSquared(scale) * square(sensitivity.gain()[i]) : 0;
    return babies + gainAfter * (weights + giants + rescale + folding);
  }

  /** What the last step's key switches leave in one slot of the answer. */
  private double answerKeySwitches(ScaleChoice choice, int i, PackedLinear linear, double scale) {
    double keySwitch = keySwitchVariance(choice, start[i]);
    long babies =
        linear.diagonals().stream().mapToInt(Diagonal::baby).filter(s -> s != 0).distinct().count();
    long giants =
        linear.diagonals().stream()
            .mapToInt(Diagonal::giant)
            .filter(s -> s != 0)
            .distinct()
            .count();
    double folding =
        linear.folds().length == 0
            ? 0
            : keySwitchVariance(choice, start[i] + 1) / scaleSquared(scaleAfter(choice, i, scale));
    double rotated = babies == 0 ? 0 : square(sensitivity.gain()[i]) / (giants + 1);
    return keySwitch * giants / scaleSquared(scale + choice.stepScales()[i])
        + keySwitch * rotated / scaleSquared(scale)
        + folding;
  }

  private double squareVariance(ScaleChoice choice, int i, double scale, double next) {
    double relinearize = keySwitchVariance(choice, start[i]) / scaleSquared(2 * scale);
    double rescale = roundingVariance() / scaleSquared(next);
    return square(sensitivity.gain()[i + 1]) * (relinearize + rescale);
  }

  /** Variance of one slot after a key switch with {@code dropped} primes dropped before. */
  private double keySwitchVariance(ScaleChoice choice, int dropped) {
    double digits = square(Math.pow(2, choice.firstPrime() - choice.specialPrime()));
    for (int j = dropped; j < choice.rescalePrimes().length; j++) {
      digits += square(Math.pow(2, choice.rescalePrimes()[j] - choice.specialPrime()));
    }
    return degree / 2.0 * (digits * degree / 3.0 * SIGMA_SQUARED) + roundingVariance();
  }

  private double roundingVariance() {
    return degree / 2.0 * (1 + 2.0 * degree / 3) / 12;
  }

  static double scaleSquared(double log2Scale) {
    return Math.pow(4, log2Scale);
  }

  private static double square(double x) {
    return x * x;
  }

  static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
