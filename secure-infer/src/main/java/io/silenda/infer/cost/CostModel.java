package io.silenda.infer.cost;

import io.silenda.infer.cost.MachineCosts.RingCosts;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.ArrayList;
import java.util.List;

/** Predicts how long a program takes on one thread. Immutable. */
public final class CostModel {
  private final MachineCosts machine;

  /** A model of a machine. */
  public CostModel(MachineCosts machine) {
    this.machine = machine;
  }

  /** Whether the machine was measured; where not, only ratios mean anything. */
  public boolean isMeasured() {
    return machine.isMeasured();
  }

  /**
   * Milliseconds of all steps for one ciphertext of rows, and of the fresh randomness and the noise
   * of its answer.
   */
  public double millis(ScheduledProgram scheduled) {
    return stepMillis(scheduled).stream().mapToDouble(Double::doubleValue).sum()
        + answerMillis(scheduled);
  }

  private double answerMillis(ScheduledProgram scheduled) {
    Work work = Work.refresh(scheduled.resultLevel() + 1);
    if (scheduled.flood().isPresent()) {
      work = work.plus(Work.FLOOD);
    }
    return millis(work, machine.ring(scheduled.parameters().polyModulusDegree()));
  }

  private static double millis(Work work, RingCosts ring) {
    return (work.transforms() * ring.transformMicros() + work.products() * ring.productMicros())
        / 1000;
  }

  /** Milliseconds of each step for one ciphertext of rows. */
  public List<Double> stepMillis(ScheduledProgram scheduled) {
    int degree = scheduled.parameters().polyModulusDegree();
    RingCosts ring = machine.ring(degree);
    int[] levels = scheduled.levels();
    int[] blocks = scheduled.program().blocks();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < levels.length; i++) {
      Work work =
          StepWork.of(
              scheduled.program().steps().get(i),
              levels[i],
              scheduled.rescales(i),
              blocks[i + 1],
              degree);
      millis.add(millis(work, ring));
    }
    return millis;
  }
}
