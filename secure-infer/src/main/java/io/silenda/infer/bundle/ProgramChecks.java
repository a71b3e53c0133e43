package io.silenda.infer.bundle;

import io.silenda.he.CkksParameters;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.infer.packing.Diagonal;
import io.silenda.infer.packing.InputPacking;
import io.silenda.infer.packing.OutputPacking;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.HashSet;
import java.util.Set;

/**
 * What must hold between the parts of a bundle, so that what reads it need not check again. Each
 * method throws an {@link IllegalArgumentException} that says what does not hold.
 */
final class ProgramChecks {
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
    Set<Integer> taken = new HashSet<>();
    for (int position : output.positions()) {
      require(position < slotCount / batch, "output position " + position + " is outside a lane");
      require(taken.add(position), "output position " + position + " is used twice");
    }
    require(!taken.isEmpty(), "there is no output");
  }

  /** The keys that are asked for exist under the parameters. */
  static void requireLevels(CkksParameters parameters, EvaluationKeyPlan plan) {
    int maxLevel = parameters.maxLevel();
    require(
        plan.relinearizationLevel() <= maxLevel, "a relinearization key above level " + maxLevel);
    plan.rotationLevels()
        .forEach(
            (step, level) ->
                require(
                    level <= maxLevel && Math.abs(step) < parameters.slotCount(),
                    "no rotation key for step " + step + " at level " + level + " can exist"));
  }

  /** The steps of a program fit its parameters. */
  static void requireProgram(ScheduledProgram scheduled) {
    PackedProgram program = scheduled.program();
    CkksParameters parameters = scheduled.parameters();
    require(program.slotCount() == parameters.slotCount(), "slots and parameters differ");
    require(program.batch() == program.input().batch(), "program and input differ in batch");
    requireLayouts(parameters, program.input(), program.output());
    require(!program.steps().isEmpty(), "there are no steps");
    require(
        scheduled.stepLog2Scales().size() == program.steps().size(),
        "steps and scales differ in number");
    int last = program.steps().size() - 1;
    require(program.steps().get(last) instanceof PackedLinear, "the last step is not linear");
    require(scheduled.level(last) == 0, "steps and levels differ in number");
    for (PackedStep step : program.steps()) {
      requireStep(step, program.slotCount());
    }
  }

  private static void requireStep(PackedStep step, int slotCount) {
    if (step instanceof PackedLinear linear) {
      require(!linear.diagonals().isEmpty(), "step " + step.name() + " has no diagonals");
      requirePeriod(linear.bias().length, slotCount);
      for (int fold : linear.folds()) {
        require(fold < slotCount, "fold " + fold + " is outside the slots");
      }
      for (Diagonal diagonal : linear.diagonals()) {
        requirePeriod(diagonal.values().length, slotCount);
        require(
            Math.abs(diagonal.giant()) < slotCount && Math.abs(diagonal.baby()) < slotCount,
            "a rotation of step " + step.name() + " is outside the slots");
      }
    }
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
