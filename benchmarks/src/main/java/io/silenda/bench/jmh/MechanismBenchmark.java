package io.silenda.bench.jmh;

import io.silenda.dp.mechanism.CorrelatedMechanism;
import io.silenda.dp.mechanism.DiscreteMechanism;
import io.silenda.dp.mechanism.GridAccumulator;
import io.silenda.dp.mechanism.LaplaceMechanism;
import io.silenda.dp.mechanism.NoisedSum;
import io.silenda.dp.mechanism.Participation;
import io.silenda.dp.mechanism.PoissonSampler;
import io.silenda.dp.mechanism.ToeplitzStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Mechanisms beside the Gaussian one, which {@link NoiseBenchmark} measures. */
public class MechanismBenchmark extends Microseconds {
  private static final int DIMENSION = 100_000;
  private static final int RECORDS = 60_000;
  private static final int BANDS = 16;
  private static final Participation ONCE =
      new Participation(Participation.MOST_STEPS, Participation.MOST_STEPS);
  private static final Participation EPOCHS = new Participation(256, 64);

  private final DiscreteMechanism discreteGaussian = DiscreteMechanism.gaussian(4, 1);
  private final DiscreteMechanism discreteLaplace = DiscreteMechanism.laplace(4, 1, 1);
  private final LaplaceMechanism laplace = LaplaceMechanism.of(1, 4);
  private final PoissonSampler sampler = new PoissonSampler(256.0 / RECORDS);
  private final float[] values = new float[DIMENSION];

  @SuppressWarnings("NullAway.Init") // set up before each iteration
  private GridAccumulator tree;

  @SuppressWarnings("NullAway.Init") // set up before each iteration
  private GridAccumulator banded;

  /** Begins both sequences. */
  @Setup(Level.Iteration)
  public void begin() {
    tree = CorrelatedMechanism.tree(1, 1, DIMENSION, ONCE).begin();
    banded =
        CorrelatedMechanism.banded(1, 1, DIMENSION, ToeplitzStrategy.squareRoot(BANDS), ONCE)
            .begin();
  }

  /** Wipes them. */
  @TearDown(Level.Iteration)
  public void end() {
    tree.close();
    banded.close();
  }

  /** One integer with discrete Gaussian noise, exact. */
  @Benchmark
  public NoisedSum discreteGaussian(SecureNoise noise) {
    return discreteGaussian.release(0, noise.source());
  }

  /** One integer with two-sided geometric noise, exact. */
  @Benchmark
  public NoisedSum discreteLaplace(SecureNoise noise) {
    return discreteLaplace.release(0, noise.source());
  }

  /** One number with Laplace noise. */
  @Benchmark
  public NoisedSum laplace(SecureNoise noise) {
    return laplace.release(0, noise.source());
  }

  /** A Poisson sample of 60,000 records. */
  @Benchmark
  public int[] poissonSample(SecureNoise noise) {
    return sampler.sample(RECORDS, noise.source());
  }

  /** A step of tree aggregation, 100,000 coordinates. */
  @Benchmark
  public float[] treeStep(SecureNoise noise) {
    tree.release(noise.source(), 1, values);
    return values;
  }

  /** A step of a banded factorisation with 16 bands, 100,000 coordinates. */
  @Benchmark
  public float[] bandedStep(SecureNoise noise) {
    banded.release(noise.source(), 1, values);
    return values;
  }

  /** The best 16 bands for 256 steps in epochs of 64. */
  @Benchmark
  public ToeplitzStrategy optimise() {
    return ToeplitzStrategy.optimised(BANDS, EPOCHS);
  }
}
