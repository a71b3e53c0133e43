package io.silenda.infer.schedule;

import io.silenda.he.EvaluationKeyPlan;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedStep;

/** Memory that a scheduled program takes outside of the Java heap, as it is before it runs. */
public final class NativeBytes {
  private NativeBytes() {}

  /** Evaluation keys: for each digit of a key, two polynomials modulo all primes. */
  public static long ofKeys(ScheduledProgram scheduled) {
    EvaluationKeyPlan plan = scheduled.keyPlan();
    long digits = plan.relinearizationLevel() + 1L;
    for (int level : plan.rotationLevels().values()) {
      digits += level + 1;
    }
    return 2 * digits * residueBytes(scheduled) * (scheduled.parameters().maxLevel() + 2);
  }

  /** Encoded weights: a diagonal modulo the primes of its level and the special one. */
  public static long ofWeights(ScheduledProgram scheduled) {
    int[] levels = scheduled.levels();
    long residues = 0;
    for (int i = 0; i < levels.length; i++) {
      PackedStep step = scheduled.program().steps().get(i);
      if (step instanceof PackedLinear linear) {
        int after = scheduled.rescales(i) ? levels[i] : levels[i] + 1;
        residues += (long) linear.diagonalCount() * (levels[i] + 2);
        residues += (long) linear.biases().size() * after;
      }
    }
    return residues * residueBytes(scheduled);
  }

  /** A polynomial modulo one prime. */
  private static long residueBytes(ScheduledProgram scheduled) {
    return (long) scheduled.parameters().polyModulusDegree() * Long.BYTES;
  }
}
