package io.silenda.dp.report;

import io.silenda.dp.job.MechanismSection;
import io.silenda.dp.job.MechanismSection.FixedOrder;
import io.silenda.dp.job.MechanismSection.PoissonSampled;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.mechanism.Participation;
import io.silenda.dp.train.Factorisation.BandedToeplitz;
import java.util.LinkedHashMap;
import java.util.Map;

/** How records entered steps, and what noised them, for a card. */
final class MechanismWords {
  private MechanismWords() {}

  /** Members of the card. */
  static Map<String, Object> members(TrainingJob job) {
    MechanismSection mechanism = job.privacy().mechanism();
    Map<String, Object> members = new LinkedHashMap<>();
    if (mechanism instanceof PoissonSampled poisson) {
      members.put("mechanism", "Gaussian noise on sums of clipped gradients");
      members.put("sampling", "poisson");
      members.put("sampling_rate", poisson.samplingRate());
      return members;
    }
    FixedOrder order = (FixedOrder) mechanism;
    boolean banded = order.factorisation() instanceof BandedToeplitz;
    members.put(
        "mechanism",
        "Gaussian noise on sums of clipped gradients, correlated over steps so that it cancels in"
            + " their prefix sums (DP-FTRL): "
            + (banded ? "banded matrix factorisation" : "tree aggregation"));
    members.put("sampling", "none: batches in a fixed order");
    members.put("batches_per_epoch", order.batchesPerEpoch());
    if (order.factorisation() instanceof BandedToeplitz toeplitz) {
      int steps = Math.min(job.training().steps(), job.training().checkpointEvery());
      members.put("bands", toeplitz.bands());
      members.put("steps_per_mechanism", steps);
      members.put(
          "participations_per_mechanism", new Participation(steps, order.batchesPerEpoch()).most());
    }
    return members;
  }

  /** What a reader must know of neighbours beside the relation. */
  static String neighbours(MechanismSection mechanism) {
    return mechanism instanceof FixedOrder
        ? " Neighbours have the same order: the number of records and the batches that a record's"
            + " place puts it into count as known, and nothing rests on sampling. All steps that"
            + " share noise are one release."
        : "";
  }
}
