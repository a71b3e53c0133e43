package io.silenda.infer.schedule;

import static io.silenda.infer.schedule.NoiseModel.log2;
import static io.silenda.infer.schedule.NoiseModel.power4;
import static io.silenda.infer.schedule.NoiseModel.square;

import java.util.List;

/** Carries scales, variances and moduli through a program for one choice of primes and scales. */
final class ChoiceNoise {
  /** A scale must stay this many bits below half the modulus, however small the values are. */
  private static final double MIN_SCALE_ROOM = 0.75;

  /** Between a deviation of flooding, in a slot, and half of the modulus. */
  private static final double FLOOD_ROOM_BITS = 4;

  private final ProgramNoise program;
  private final RingNoise ring;
  private final List<StepNoise> steps;
  private final Sensitivity sensitivity;
  private final ScaleChoice choice;
  private final double[] scales;
  private final double[] variances;
  private final double[] ownVariances;
  private final double[] keySwitch;
  private final double[] modulus;

  ChoiceNoise(ProgramNoise program, ScaleChoice choice) {
    this.program = program;
    this.ring = program.ring();
    this.steps = program.steps();
    this.sensitivity = program.sensitivity();
    this.choice = choice;
    this.scales = new double[steps.size() + 1];
    this.variances = new double[steps.size()];
    this.ownVariances = new double[steps.size()];
    int[] primes = choice.rescalePrimes();
    this.keySwitch = new double[primes.length + 1];
    this.modulus = new double[primes.length + 1];
    double digits = power4(choice.firstPrime() - choice.specialPrime());
    modulus[primes.length] = choice.firstPrime() - 1.0;
    keySwitch[primes.length] = ring.keySwitchVariance(digits);
    for (int dropped = primes.length - 1; dropped >= 0; dropped--) {
      digits += power4(primes[dropped] - choice.specialPrime());
      keySwitch[dropped] = ring.keySwitchVariance(digits);
      modulus[dropped] = modulus[dropped + 1] + primes[dropped];
    }
  }

  Assessment run() {
    scales[0] = choice.inputScale();
    double gain = square(sensitivity.gain()[0]);
    double variance = gain * ring.inputVariance() / power4(scales[0]);
    double own = gain * ring.encryptionVariance() / power4(scales[0]);
    double overflow = Double.NEGATIVE_INFINITY;
    double peak = 0;
    for (int i = 0; i < steps.size(); i++) {
      scales[i + 1] = scaleAfter(i);
      variances[i] = variance(i);
      variance += variances[i];
      own += ownVariances[i];
      overflow = Math.max(overflow, overflowBits(i));
      if (i == steps.size() - 1 && steps.get(i) instanceof StepNoise.Linear linear) {
        peak = (program.digitPeak() - 1) * answerKeySwitches(i, linear);
      }
    }
    return assessment(variance, own, peak, overflow);
  }

  private Assessment assessment(double variance, double own, double peak, double overflow) {
    double all = variance + answerRounding();
    double hidden = Math.sqrt(Math.max(own + peak, flooring()));
    double flood =
        program.flooding().isPresent()
            ? program.flooding().get().deviation(hidden, ring.degree())
            : 0;
    return new Assessment(
        Math.sqrt(all),
        Math.sqrt(all + peak),
        hidden,
        flood,
        flood == 0 ? overflow : Math.max(overflow, floodOverflowBits(flood)));
  }

  /** No ciphertext has less noise than its rounding. */
  private double flooring() {
    return ring.roundingVariance() / power4(scales[steps.size()]);
  }

  /** Answers are divided by all primes but the first. */
  private double answerRounding() {
    int[] primes = choice.rescalePrimes();
    double scale = scales[steps.size()];
    for (int i = program.rescales(); i < primes.length; i++) {
      scale -= primes[i];
    }
    return primes.length > program.rescales() ? ring.roundingVariance() / power4(scale) : 0;
  }

  /** Eight deviations stay below the eighth of the modulus that a client takes for overflow. */
  private double floodOverflowBits(double flood) {
    return scales[steps.size()] + log2(flood) + FLOOD_ROOM_BITS - modulus[program.rescales()];
  }

  /** What joins the result of a step, carried to the answer. */
  double joining(int i) {
    return variances[i] + (i == steps.size() - 1 ? answerRounding() : 0);
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
    return steps.get(i).start() < program.rescales();
  }

  private double variance(int i) {
    double made;
    if (steps.get(i) instanceof StepNoise.Linear linear) {
      return linearVariance(i, linear);
    } else if (steps.get(i) instanceof StepNoise.Polynomial polynomial) {
      made =
          polynomialNoise(i, polynomial).variance(scales[polynomial.operands()[0]], scales[i + 1]);
    } else {
      made = keySwitch[steps.get(i).start()] / power4(productScale(i)) + rescaleVariance(i);
    }
    ownVariances[i] = square(sensitivity.gain()[i + 1]) * made;
    return ownVariances[i];
  }

  private double rescaleVariance(int i) {
    return rescales(i) ? ring.roundingVariance() / power4(scales[i + 1]) : 0;
  }

  private double linearVariance(int i, StepNoise.Linear linear) {
    double switched = keySwitch[linear.start()];
    double product = productScale(i);
    double made = switched * linear.rotationCount() * linear.folded() / power4(product);
    made += linear.folded() * rescaleVariance(i);
    if (linear.folded() > 1) {
      made += linear.folded() * keySwitch[after(linear)] / power4(scales[i + 1]);
    }
    double own = made;
    double rotated = 0;
    for (int k = 0; k < linear.operands().length; k++) {
      int operand = linear.operands()[k];
      made += encodingVariance(linear, k, product - scales[operand]);
      if (linear.rotates()[k]) {
        rotated += switched / power4(scales[operand]) * square(sensitivity.gain()[operand]);
      }
    }
    double gain = square(sensitivity.gain()[i + 1]);
    ownVariances[i] = rotated + gain * own;
    return rotated + gain * made;
  }

  /** What weights of a scale, rounded, add to the product with one operand. */
  private double encodingVariance(StepNoise.Linear linear, int k, double scale) {
    return ring.encodingVariance()
        / power4(scale)
        * linear.inputUses()[k]
        * square(sensitivity.norm()[linear.operands()[k]]);
  }

  private int after(StepNoise step) {
    return Math.min(step.start() + step.depth(), program.rescales());
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
  double firstSlotVariance(int[] sizes) {
    double sum = 0;
    for (int i = 0; i < steps.size() - 1; i++) {
      double share = DigitPeak.ofFirstSlot(ring.degree()) / sizes[i + 1];
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
            ? Math.max(MIN_SCALE_ROOM, program.log2AnswerCoefficient())
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
        ring.roundingVariance());
  }
}
