package io.silenda.infer.schedule;

import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import java.util.ArrayList;
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

  /** Exceeded by one value in 150,000. */
  static final double BOUND_DEVIATIONS = 4.5;

  /**
   * What a bound adds, in average deviations, because inner tensors of few elements stand in slots
   * that err more than the average one: measured, up to 20 with 48 elements in 4096 slots.
   */
  private static final double INNER_SLOTS = 20;

  private static final double LN_4 = Math.log(4);
  private static final double LN_2 = Math.log(2);

  /** A scale must stay this many bits below half the modulus, however small the values are. */
  private static final double MIN_SCALE_ROOM = 0.75;

  private final int degree;
  private final List<StepNoise> steps = new ArrayList<>();
  private final Sensitivity sensitivity;
  private final double log2AnswerCoefficient;
  private final double digitPeak;

  /**
   * @param headroom factor by which an answer may outgrow those of the sample rows
   */
  NoiseModel(PackedProgram program, Sensitivity sensitivity, double headroom) {
    this.degree = 2 * program.slotCount();
    int[] starts = program.levels().starts();
    for (int i = 0; i < starts.length; i++) {
      steps.add(StepNoise.of(program.steps().get(i), starts[i]));
    }
    this.sensitivity = sensitivity;
    this.digitPeak = DigitPeak.ofAnswers(program);
    double answers = (double) program.batch() * program.output().copies();
    double coefficient = headroom * sensitivity.answerSum() * answers * 2 / degree;
    this.log2AnswerCoefficient = log2(Math.max(coefficient, 1e-9));
  }

  /**
   * What a choice of primes and scales leads to.
   *
   * @param deviation standard deviation of the error of an output on the worst sample row, averaged
   *     over the slots that outputs may stand in
   * @param worstDeviation the same in the worst slot that an output does stand in: digits of a key
   *     switch are not centred, so their sum is large where the slot's root of unity is close to
   *     one, in the first slots
   * @param overflowBits by how many bits values outgrow their modulus; zero or less where all fit
   */
  record Assessment(double deviation, double worstDeviation, double overflowBits) {}

  Assessment assess(ScaleChoice choice) {
    return new Evaluation(choice).run();
  }

  /**
   * What each tensor's noise is, and what of an answer's error all answers share.
   *
   * @param sizes elements of each tensor
   */
  NoiseForecast forecast(ScaleChoice choice, int[] sizes) {
    Evaluation evaluation = new Evaluation(choice);
    Assessment whole = evaluation.run();
    List<Double> deviations = new ArrayList<>();
    List<Double> gains = new ArrayList<>();
    for (int tensor = 0; tensor <= steps.size(); tensor++) {
      double gain = Math.max(sensitivity.gain()[tensor], Double.MIN_NORMAL);
      gains.add(gain);
      deviations.add(
          tensor == 0
              ? Math.sqrt(inputVariance() / power4(choice.inputScale()))
              : Math.sqrt(evaluation.variances[tensor - 1]) / gain);
    }
    double shared = square(whole.worstDeviation()) - square(whole.deviation());
    double worst = square(whole.worstDeviation()) + evaluation.firstSlotVariance(sizes);
    double bound = BOUND_DEVIATIONS * Math.sqrt(worst) + INNER_SLOTS * whole.deviation();
    return new NoiseForecast(deviations, gains, Math.sqrt(Math.max(0, shared)), bound);
  }

  /** Carries scales, variances and moduli through the program for one choice. */
  private final class Evaluation {
    private final ScaleChoice choice;
    private final double[] scales = new double[steps.size() + 1];
    private final double[] variances = new double[steps.size()];
    private final double[] keySwitch;
    private final double[] modulus;

    Evaluation(ScaleChoice choice) {
      this.choice = choice;
      int[] primes = choice.rescalePrimes();
      this.keySwitch = new double[primes.length + 1];
      this.modulus = new double[primes.length + 1];
      double digits = power4(choice.firstPrime() - choice.specialPrime());
      modulus[primes.length] = choice.firstPrime() - 1.0;
      keySwitch[primes.length] = keySwitchVariance(digits);
      for (int dropped = primes.length - 1; dropped >= 0; dropped--) {
        digits += power4(primes[dropped] - choice.specialPrime());
        keySwitch[dropped] = keySwitchVariance(digits);
        modulus[dropped] = modulus[dropped + 1] + primes[dropped];
      }
    }

    Assessment run() {
      scales[0] = choice.inputScale();
      double variance = square(sensitivity.gain()[0]) * inputVariance() / power4(scales[0]);
      double overflow = Double.NEGATIVE_INFINITY;
      double peak = 0;
      for (int i = 0; i < steps.size(); i++) {
        scales[i + 1] = scaleAfter(i);
        variances[i] = variance(i);
        variance += variances[i];
        overflow = Math.max(overflow, overflowBits(i));
        if (i == steps.size() - 1 && steps.get(i) instanceof StepNoise.Linear linear) {
          peak = (digitPeak - 1) * answerKeySwitches(i, linear);
        }
      }
      return new Assessment(Math.sqrt(variance), Math.sqrt(variance + peak), overflow);
    }

    private double productScale(int i) {
      StepNoise step = steps.get(i);
      double first = scales[step.operands()[0]];
      return first
          + (step instanceof StepNoise.Linear
              ? choice.stepScales()[i]
              : scales[step.operands()[step.operands().length - 1]]);
    }

    private double scaleAfter(int i) {
      if (steps.get(i) instanceof StepNoise.Polynomial) {
        return choice.stepScales()[i];
      }
      return rescales(i)
          ? productScale(i) - choice.rescalePrimes()[steps.get(i).start()]
          : productScale(i);
    }

    private boolean rescales(int i) {
      return steps.get(i).start() < choice.rescalePrimes().length;
    }

    private double variance(int i) {
      double made;
      if (steps.get(i) instanceof StepNoise.Linear linear) {
        return linearVariance(i, linear);
      } else if (steps.get(i) instanceof StepNoise.Polynomial polynomial) {
        made =
            polynomialNoise(i, polynomial)
                .variance(scales[polynomial.operands()[0]], scales[i + 1]);
      } else {
        made = keySwitch[steps.get(i).start()] / power4(productScale(i)) + rescaleVariance(i);
      }
      return square(sensitivity.gain()[i + 1]) * made;
    }

    private double rescaleVariance(int i) {
      return rescales(i) ? roundingVariance() / power4(scales[i + 1]) : 0;
    }

    private double linearVariance(int i, StepNoise.Linear linear) {
      double switched = keySwitch[linear.start()];
      double product = productScale(i);
      double made = switched * linear.rotationCount() * linear.folded() / power4(product);
      made += linear.folded() * rescaleVariance(i);
      if (linear.folded() > 1) {
        made += linear.folded() * keySwitch[after(linear)] / power4(scales[i + 1]);
      }
      double rotated = 0;
      for (int k = 0; k < linear.operands().length; k++) {
        int operand = linear.operands()[k];
        made +=
            encodingVariance()
                / power4(product - scales[operand])
                * linear.inputUses()[k]
                * square(sensitivity.norm()[operand]);
        if (linear.rotates()[k]) {
          rotated += switched / power4(scales[operand]) * square(sensitivity.gain()[operand]);
        }
      }
      return rotated + square(sensitivity.gain()[i + 1]) * made;
    }

    private int after(StepNoise step) {
      return Math.min(step.start() + step.depth(), choice.rescalePrimes().length);
    }

    /** What the last step's key switches leave in one slot of the answer. */
    private double answerKeySwitches(int i, StepNoise.Linear linear) {
      double switched = keySwitch[linear.start()];
      double left = switched * linear.giants() / power4(productScale(i));
      if (linear.folded() > 1) {
        left += keySwitch[after(linear)] / power4(scales[i + 1]);
      }
      for (int k = 0; k < linear.operands().length; k++) {
        int operand = linear.operands()[k];
        double share = square(sensitivity.gain()[operand]) / (linear.giants() + 1);
        left += linear.rotates()[k] ? switched * share / power4(scales[operand]) : 0;
      }
      return left;
    }

    /**
     * What comes on top where the first slots, in which key switches err most, hold elements of
     * tensors on the way: the fewer elements, the more the first ones matter.
     */
    private double firstSlotVariance(int[] sizes) {
      double sum = 0;
      for (int i = 0; i < steps.size() - 1; i++) {
        double share = DigitPeak.ofFirstSlot(degree) / sizes[i + 1];
        sum += square(sensitivity.gain()[i + 1]) * switchedInto(i) * share;
      }
      return sum;
    }

    /** Variance that key switches leave in the result of a step that is not the last. */
    private double switchedInto(int i) {
      StepNoise step = steps.get(i);
      if (step instanceof StepNoise.Linear linear) {
        double made = keySwitch[linear.start()] * linear.giants() / power4(productScale(i));
        return linear.folded() > 1
            ? made + linear.folded() * keySwitch[after(linear)] / power4(scales[i + 1])
            : made;
      }
      int last = after(step) - 1;
      double product = scales[i + 1] + choice.rescalePrimes()[last];
      return keySwitch[last] / power4(product);
    }

    private double overflowBits(int i) {
      StepNoise step = steps.get(i);
      boolean last = i == steps.size() - 1;
      double magnitude =
          last
              ? Math.max(MIN_SCALE_ROOM, log2AnswerCoefficient)
              : log2(Math.max(1e-9, sensitivity.maxAbs()[i + 1])) + 2;
      double overflow = scales[i + 1] + magnitude - modulus[after(step)];
      if (step instanceof StepNoise.Polynomial polynomial) {
        PolynomialNoise noise = polynomialNoise(i, polynomial);
        double scale = scales[polynomial.operands()[0]];
        overflow = Math.max(overflow, noise.overflowBits(scale, modulus[step.start()]));
      }
      return overflow;
    }

    private PolynomialNoise polynomialNoise(int i, StepNoise.Polynomial step) {
      double[] switches = new double[step.depth()];
      System.arraycopy(keySwitch, step.start(), switches, 0, switches.length);
      PolynomialGains gains = sensitivity.polynomials().get(i);
      if (gains == null) {
        throw new IllegalStateException("no gains of polynomial step " + i);
      }
      return new PolynomialNoise(
          step.polynomial(),
          gains,
          choice.rescalePrimes(),
          step.start(),
          switches,
          roundingVariance());
    }
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

  private double inputVariance() {
    return degree / 2.0 * SIGMA_SQUARED + encodingVariance();
  }

  private double encodingVariance() {
    return degree / 24.0;
  }

  /** Variance of one slot after a key switch whose digits have this sum of squares. */
  private double keySwitchVariance(double digits) {
    return degree / 2.0 * (digits * degree / 3.0 * SIGMA_SQUARED) + roundingVariance();
  }

  private double roundingVariance() {
    return degree / 2.0 * (1 + 2.0 * degree / 3) / 12;
  }

  /** The square of a number that is given by its log2. */
  static double power4(double log2) {
    return Math.exp(LN_4 * log2);
  }

  private static double square(double x) {
    return x * x;
  }

  static double log2(double x) {
    return Math.log(x) / LN_2;
  }
}
