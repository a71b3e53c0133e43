package io.silenda.bench.jmh;

import io.silenda.dp.mechanism.GaussianMechanism;
import io.silenda.dp.mechanism.NoisedSum;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Noise for a million coordinates, in samples a microsecond (millions a second); the baseline is
 * the JDK's fastest generator, which is not secure. {@code -jvmArgsAppend -Dsilenda.noise=java}
 * measures the Java code in place of the native kernel.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NoiseBenchmark {
  private static final int DIMENSION = 1_000_000;

  private final GaussianMechanism mechanism = GaussianMechanism.of(1, 1.1, DIMENSION);
  private final SplittableRandom insecure = new SplittableRandom(1);
  private final int[] units = new int[DIMENSION];
  private final double[] sum = new double[DIMENSION];

  /** Secure noise in grid units. */
  @Benchmark
  @OperationsPerInvocation(DIMENSION)
  public int[] drawNoise(SecureNoise noise) {
    mechanism.drawNoise(units, noise.source());
    return units;
  }

  /** The same, with the sum rounded to the grid, added, and scaled back. */
  @Benchmark
  @OperationsPerInvocation(DIMENSION)
  public NoisedSum release(SecureNoise noise) {
    return mechanism.release(sum, noise.source());
  }

  /** The baseline. */
  @Benchmark
  @OperationsPerInvocation(DIMENSION)
  public double[] insecureBaseline() {
    for (int i = 0; i < DIMENSION; i++) {
      sum[i] = insecure.nextGaussian();
    }
    return sum;
  }
}
