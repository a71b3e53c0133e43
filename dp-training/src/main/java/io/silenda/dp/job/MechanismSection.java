package io.silenda.dp.job;

import io.silenda.dp.mechanism.ToeplitzStrategy;
import io.silenda.dp.train.Factorisation;
import io.silenda.dp.train.Factorisation.BandedToeplitz;
import io.silenda.dp.train.Factorisation.BinaryTree;
import java.util.Locale;

/** How records enter steps, and noise them. All are public constants. */
public sealed interface MechanismSection {
  /** Steps in which each record takes part once, or is expected to. */
  double stepsPerEpoch();

  /** In a few words. */
  String text();

  /**
   * DP-SGD: independent noise, each record in each step by chance.
   *
   * @param samplingRate probability with which each record enters a step
   */
  record PoissonSampled(double samplingRate) implements MechanismSection {
    @Override
    public double stepsPerEpoch() {
      return 1 / samplingRate;
    }

    @Override
    public String text() {
      return "sampling rate " + samplingRate;
    }
  }

  /**
   * DP-FTRL: batches in a fixed order, noise that is correlated over steps.
   *
   * @param batchesPerEpoch steps between two in which a record takes part
   * @param factorisation how noise is correlated
   */
  record FixedOrder(int batchesPerEpoch, Factorisation factorisation) implements MechanismSection {
    @Override
    public double stepsPerEpoch() {
      return batchesPerEpoch;
    }

    @Override
    public String text() {
      String order =
          String.format(Locale.ROOT, "fixed order, %d batches an epoch", batchesPerEpoch);
      return factorisation instanceof BandedToeplitz banded
          ? order + ", banded matrix of " + banded.bands() + " bands"
          : order + ", binary trees";
    }
  }

  /** Kinds of mechanisms. */
  enum Kind {
    /** Independent noise on Poisson samples. */
    DP_SGD,
    /** Noise correlated by a banded Toeplitz matrix, on batches in a fixed order. */
    BANDED_MF,
    /** Noise of binary trees, on batches in a fixed order. */
    TREE
  }

  /** Without a member {@code mechanism} it is DP-SGD. */
  static MechanismSection from(Members privacy) throws JobException {
    Range rates = Range.from(1e-9, 1);
    if (!privacy.has("mechanism")) {
      return new PoissonSampled(privacy.number("sampling-rate", rates));
    }
    Members members = privacy.object("mechanism");
    Kind kind = members.choice("kind", Kind.class);
    MechanismSection section =
        kind == Kind.DP_SGD
            ? new PoissonSampled(privacy.number("sampling-rate", rates))
            : fixedOrder(members, kind);
    members.done();
    if (section instanceof FixedOrder && privacy.has("sampling-rate")) {
      throw privacy.refuse("sampling-rate", "no sampling, as batches are in a fixed order");
    }
    return section;
  }

  private static MechanismSection fixedOrder(Members members, Kind kind) throws JobException {
    int batches = members.whole("batches-per-epoch", 1, 1 << 20);
    if (kind == Kind.TREE) {
      return new FixedOrder(batches, new BinaryTree());
    }
    int most = Math.min(batches, ToeplitzStrategy.MOST_BANDS);
    return new FixedOrder(
        batches, new BandedToeplitz(members.whole("bands", 1, most, Math.min(most, 32))));
  }
}
