package io.silenda.infer.schedule;

import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  /** Exceeded by one value in 150,000. */
  static final double BOUND_DEVIATIONS = 4.5;

  /**
   * What a bound adds, in average deviations, because inner tensors of few elements stand in slots
   * that err more than the average one: measured, up to 20 with 48 elements in 4096 slots.
   */
  private static final double INNER_SLOTS = 20;

  private static final double LN_4 = Math.log(4);
  private static final double LN_2 = Math.log(2);

  private final ProgramNoise program;

  /**
   * @param headroom factor by which an answer may outgrow those of the sample rows
   * @param flooding noise that the server adds to an answer
   */
  NoiseModel(
      PackedProgram program,
      Sensitivity sensitivity,
      double headroom,
      Optional<Flooding> flooding) {
    this.program = ProgramNoise.of(program, sensitivity, headroom, flooding);
  }

  Assessment assess(ScaleChoice choice) {
    return new ChoiceNoise(program, choice).run();
  }

  /**
   * What each tensor's noise is, and what of an answer's error all answers share.
   *
   * @param sizes elements of each tensor
   */
  NoiseForecast forecast(ScaleChoice choice, int[] sizes) {
    ChoiceNoise noise = new ChoiceNoise(program, choice);
    Assessment whole = noise.run();
    double[] allGains = program.sensitivity().gain();
    List<Double> deviations = new ArrayList<>();
    List<Double> gains = new ArrayList<>();
    for (int tensor = 0; tensor < allGains.length; tensor++) {
      double gain = Math.max(allGains[tensor], Double.MIN_NORMAL);
      gains.add(gain);
      deviations.add(
          tensor == 0
              ? Math.sqrt(program.ring().inputVariance() / power4(choice.inputScale()))
              : Math.sqrt(noise.joining(tensor - 1)) / gain);
    }
    double shared = square(whole.worstDeviation()) - square(whole.deviation());
    double worst = square(whole.worstDeviation()) + noise.firstSlotVariance(sizes);
    double bound = BOUND_DEVIATIONS * Math.sqrt(worst) + INNER_SLOTS * whole.deviation();
    return new NoiseForecast(deviations, gains, Math.sqrt(Math.max(0, shared)), bound)
        .flooded(whole.floodDeviation());
  }

  /** What there is to choose for a step. */
  static ScaleSearch.StepScale scaleOf(PackedStep step) {
    if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
      return ScaleSearch.StepScale.RESULT;
    }
    return step instanceof PackedLinear
        ? ScaleSearch.StepScale.WEIGHTS
        : ScaleSearch.StepScale.NONE;
  }

  /** The square of a number that is given by its log2. */
  static double power4(double log2) {
    return Math.exp(LN_4 * log2);
  }

  static double square(double x) {
    return x * x;
  }

  static double log2(double x) {
    return Math.log(x) / LN_2;
  }
}
