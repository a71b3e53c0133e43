package io.silenda.infer.bundle;

import io.silenda.he.CkksParameters;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.InputPacking;
import io.silenda.infer.packing.LinearBlock;
import io.silenda.infer.packing.OutputPacking;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.FloodPlan;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.HashSet;
import java.util.Set;

/**
 * What must hold between the parts of a bundle, so that what reads it need not check again. Each
 * method throws an {@link IllegalArgumentException} that says what does not hold.
 */
final class ProgramChecks {
  /** No machine that this runs on has more for one model. */
  private static final long MAX_NATIVE_BYTES = 64L << 30;

  private ProgramChecks() {}

  /** The client's layouts fit the slots, and no two values share one. */
  static void requireLayouts(CkksParameters parameters, InputPacking input, OutputPacking output) {
    int slotCount = parameters.slotCount();
    int batch = input.batch();
    require(Integer.bitCount(batch) == 1, "batch " + batch + " is no power of two");
    require(output.batch() == batch, "input and output differ in batch");
    require(
        (long) input.elements().length * batch == slotCount,
        "the input layout does not fill " + slotCount + " slots");
    for (int element : input.elements()) {
      require(element < input.inputSize(), "input element " + element + " does not exist");
    }
    requireOutputs(slotCount / batch, output);
  }

  /** Some slot stays zero, by which a client tells an answer that outgrew its modulus. */
  private static void requireOutputs(int laneSlots, OutputPacking output) {
    int part = laneSlots / output.copies();
    Set<Integer> taken = new HashSet<>();
    for (int position : output.positions()) {
      require(position < laneSlots, "output position " + position + " is outside a lane");
      require(taken.add(position % part), "output position " + position + " is used twice");
    }
    require(!taken.isEmpty(), "there is no output");
    require(
        output.copies() == 1 || taken.size() < part,
        "copies of the outputs leave no slot that stays zero");
  }

  /** The keys that are asked for exist under the parameters. */
  static void requireLevels(CkksParameters parameters, EvaluationKeyPlan plan) {
    int maxLevel = parameters.maxLevel();
    require(
        plan.relinearizationLevel() <= maxLevel, "a relinearization key above level " + maxLevel);
    requireKeyBytes(parameters, plan);
    plan.rotationLevels()
        .forEach(
            (step, level) ->
                require(
                    level <= maxLevel && Math.abs(step) < parameters.slotCount(),
                    "no rotation key for step " + step + " at level " + level + " can exist"));
  }

  /** Keys of a size that a machine can make and send. */
  private static void requireKeyBytes(CkksParameters parameters, EvaluationKeyPlan plan) {
    long digits = digits(parameters, plan.relinearizationLevel());
    for (int level : plan.rotationLevels().values()) {
      digits += digits(parameters, level);
    }
    long bytes = digits * 2 * residueBytes(parameters) * primeCount(parameters);
    require(bytes <= MAX_NATIVE_BYTES, "the keys would take " + bytes + " bytes of memory");
  }

  /** Weights of a size that a machine can hold. */
  private static void requireWeightBytes(ScheduledProgram scheduled) {
    long diagonals = 0;
    for (PackedStep step : scheduled.program().steps()) {
      diagonals += step instanceof PackedLinear linear ? linear.diagonalCount() : 0;
    }
    CkksParameters parameters = scheduled.parameters();
    long bytes = diagonals * residueBytes(parameters) * primeCount(parameters);
    require(bytes <= MAX_NATIVE_BYTES, "the weights would take " + bytes + " bytes of memory");
  }

  private static int primeCount(CkksParameters parameters) {
    return parameters.maxLevel() + 1 + parameters.specialPrimeBits().size();
  }

  /** Digits of a key for a level, or none for level -1. */
  private static long digits(CkksParameters parameters, int level) {
    return level < 0 ? 0 : level / parameters.specialPrimeBits().size() + 1;
  }

  /** A polynomial modulo one prime. */
  private static long residueBytes(CkksParameters parameters) {
    return (long) parameters.polyModulusDegree() * Long.BYTES;
  }

  /** The steps of a program fit its parameters. */
  static void requireProgram(ScheduledProgram scheduled) {
    PackedProgram program = scheduled.program();
    CkksParameters parameters = scheduled.parameters();
    require(program.slotCount() == parameters.slotCount(), "slots and parameters differ");
    require(program.batch() == program.input().batch(), "program and input differ in batch");
    requireLayouts(parameters, program.input(), program.output());
    requireWeightBytes(scheduled);
    require(!program.steps().isEmpty(), "there are no steps");
    require(
        scheduled.stepLog2Scales().size() == program.steps().size(),
        "steps and scales differ in number");
    int last = program.steps().size() - 1;
    require(program.steps().get(last) instanceof PackedLinear, "the last step is not linear");
    require(scheduled.resultLevel() >= 0, "there are more steps than levels");
    program.steps().forEach(step -> requireStep(step, program.slotCount()));
    requireScales(scheduled);
    requireScale(scheduled.answerLog2Scale(), 0, parameters);
    requireLevels(parameters, scheduled.keyPlan());
    scheduled.flood().ifPresent(plan -> requireFlood(scheduled, plan));
  }

  /** Flooding is measured against noise that can be, and leaves room in the modulus. */
  private static void requireFlood(ScheduledProgram scheduled, FloodPlan plan) {
    int degree = scheduled.parameters().polyModulusDegree();
    double scale = Math.pow(2, scheduled.resultLog2Scale());
    require(
        plan.ownDeviation() * scale >= FloodPlan.leastOwnDeviation(degree),
        "flooding is for less noise than any ciphertext has");
    require(
        plan.slotDeviation(degree) < scheduled.predictedMaxError(),
        "flooding exceeds the predicted error");
    require(
        scheduled.floodCoefficientDeviation() < Math.pow(2, modulusBits(scheduled) - 5.0),
        "flooding outgrows the modulus");
  }

  private static int modulusBits(ScheduledProgram scheduled) {
    return scheduled.parameters().dataPrimeBits().subList(0, scheduled.resultLevel() + 1).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static void requireScales(ScheduledProgram scheduled) {
    double[] scales = scheduled.tensorLog2Scales();
    int[] levels = scheduled.levels();
    requireScale(scales[0], scheduled.parameters().maxLevel(), scheduled.parameters());
    for (int i = 0; i < levels.length; i++) {
      PackedStep step = scheduled.program().steps().get(i);
      int level = levels[i] - (scheduled.rescales(i) ? step.depth() : 0);
      requireScale(scales[i + 1], level, scheduled.parameters());
      if (step instanceof PackedLinear linear) {
        double product = scales[linear.operands().get(0)] + scheduled.stepLog2Scales().get(i);
        for (int operand : linear.operands()) {
          require(
              product >= scales[operand], "the weights of step " + step.name() + " have no scale");
        }
      }
    }
  }

  /** A scale is at least 1, and below the modulus of its level. */
  static void requireScale(double log2Scale, int level, CkksParameters parameters) {
    int modulusBits = 0;
    for (int bits : parameters.dataPrimeBits().subList(0, level + 1)) {
      modulusBits += bits;
    }
    require(
        log2Scale >= 0 && log2Scale <= modulusBits,
        "the scale 2^" + log2Scale + " does not fit level " + level);
  }

  private static void requireStep(PackedStep step, int slotCount) {
    if (step instanceof PackedLinear linear) {
      linear.biases().forEach(bias -> requirePeriod(bias.length, slotCount));
      for (int[] steps : linear.foldGroups()) {
        for (int fold : steps) {
          require(fold > 0 && fold < slotCount, "fold " + fold + " is outside the slots");
        }
      }
      for (LinearBlock block : linear.blocks()) {
        block.diagonals().forEach(diagonal -> requireDiagonal(diagonal, step.name(), slotCount));
      }
    }
  }

  private static void requireDiagonal(Diagonal diagonal, String name, int slotCount) {
    requirePeriod(diagonal.values().length, slotCount);
    require(
        Math.abs(diagonal.giant()) < slotCount && Math.abs(diagonal.baby()) < slotCount,
        "a rotation of step " + name + " is outside the slots");
  }

  private static void requirePeriod(int length, int slotCount) {
    require(length > 0 && slotCount % length == 0, "a period of " + length + " does not repeat");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
