package io.silenda.bench.training;

import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.PrivacyTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to train.
 *
 * @param privacy in reports
 * @param clippingName in reports
 * @param target how much noise
 * @param clipping how far a record may move a step
 */
record TrainingCase(String privacy, String clippingName, PrivacyTarget target, Clipping clipping) {
  static final double DELTA = 1e-5;
  private static final Clipping FLAT = new Clipping.Flat(1);

  /** Without privacy first: the baseline. */
  static List<TrainingCase> all(boolean quick) {
    List<TrainingCase> cases = new ArrayList<>();
    cases.add(new TrainingCase("none", "none", new PrivacyTarget.InsecureNone(), FLAT));
    for (double epsilon : quick ? new double[] {0.5, 2, 8} : new double[] {0.25, 0.5, 1, 2, 4, 8}) {
      cases.add(privately(epsilon, "flat", FLAT));
    }
    cases.add(privately(2, "per layer", new Clipping.PerLayer(List.of(0.7, 0.7))));
    cases.add(privately(2, "adaptive", new Clipping.Adaptive(1, 0.5, 0.2, 10)));
    return cases;
  }

  private static TrainingCase privately(double epsilon, String name, Clipping clipping) {
    return new TrainingCase(
        "epsilon " + epsilon, name, new PrivacyTarget.Epsilon(epsilon, DELTA), clipping);
  }
}
