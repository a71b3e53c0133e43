package io.silenda.infer.bundle;

import io.silenda.he.EvaluationKeyPlan;
import java.util.TreeMap;

/** The list of evaluation keys that a server needs. */
final class KeyPlanPart {
  private static final int MAX_SLOTS = 1 << 15;
  private static final int MAX_LEVEL = 62;

  /** More keys than this would not fit into memory; no schedule comes near. */
  private static final int MAX_STEPS = 4096;

  private KeyPlanPart() {}

  static void write(ContentWriter out, EvaluationKeyPlan plan) {
    out.int32(plan.relinearizationLevel());
    out.ints(plan.rotationLevels().keySet()).ints(plan.rotationLevels().values());
  }

  static EvaluationKeyPlan read(ContentReader in) throws BundleFormatException {
    int relinearization = in.int32("relinearization level", -1, MAX_LEVEL);
    int[] steps = in.ints("rotation steps", 1 - MAX_SLOTS, MAX_SLOTS - 1, MAX_STEPS);
    int[] levels = in.ints("rotation levels", 0, MAX_LEVEL, MAX_STEPS);
    if (steps.length != levels.length) {
      throw in.malformed(steps.length + " rotation steps with " + levels.length + " levels");
    }
    TreeMap<Integer, Integer> rotations = new TreeMap<>();
    for (int i = 0; i < steps.length; i++) {
      if (rotations.put(steps[i], levels[i]) != null) {
        throw in.malformed("rotation step " + steps[i] + " occurs twice");
      }
    }
    return new EvaluationKeyPlan(relinearization, rotations);
  }
}
