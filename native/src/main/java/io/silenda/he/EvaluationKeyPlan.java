package io.silenda.he;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which evaluation keys a computation needs, and up to which level each: a key for lower levels is
 * smaller.
 *
 * @param relinearizationLevel highest level that relinearization is used at; -1 for no
 *     relinearization key
 * @param rotationLevels rotation step to the highest level it is used at; positive steps rotate
 *     towards slot 0, and step 0 needs no key
 */
public record EvaluationKeyPlan(
    int relinearizationLevel, SortedMap<Integer, Integer> rotationLevels) {

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a level is negative, other than -1 for no relinearization
   */
  public EvaluationKeyPlan {
    if (relinearizationLevel < -1) {
      throw new IllegalArgumentException(
          "relinearizationLevel " + relinearizationLevel + " is less than -1");
    }
    rotationLevels.forEach(
        (step, level) -> {
          if (level < 0) {
            throw new IllegalArgumentException(
                "rotationLevels holds the negative level " + level + " for step " + step);
          }
        });
    rotationLevels = Collections.unmodifiableSortedMap(new TreeMap<>(rotationLevels));
  }

  /** The same plan with all steps in 1..slots-1. */
  EvaluationKeyPlan normalizedFor(CkksContext context) {
    if (relinearizationLevel >= 0) {
      context.requireLevel(relinearizationLevel);
    }
    SortedMap<Integer, Integer> normalized = new TreeMap<>();
    rotationLevels.forEach(
        (step, level) -> {
          context.requireLevel(level);
          int slotStep = context.normalizeStep("rotation step", step);
          if (slotStep != 0) {
            normalized.merge(slotStep, level, Math::max);
          }
        });
    return new EvaluationKeyPlan(relinearizationLevel, normalized);
  }
}
