package io.silenda.bench.jmh;

import io.silenda.he.oblivious.ObliviousKernels;
import io.silenda.he.oblivious.PoolWindow;
import io.silenda.he.oblivious.TopK;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * Operators whose instructions and addresses depend on sizes alone; the baseline is a plain loop.
 */
public class ObliviousBenchmark extends Microseconds {
  private static final int LENGTH = 12_544;
  private static final int SIDE = 112;
  private static final PoolWindow WINDOW = new PoolWindow(1, SIDE, SIDE, 2, 2, 2, 2, 0, 0, 0, 0);
  private static final int CLASSES = 1000;

  private final float[] values = new float[LENGTH];
  private final float[] logits = new float[CLASSES];

  /** Draws values. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    for (int i = 0; i < LENGTH; i++) {
      values[i] = (float) random.nextGaussian();
    }
    System.arraycopy(values, 0, logits, 0, CLASSES);
  }

  /** The baseline of {@link #relu}. */
  @Benchmark
  public float[] plainRelu() {
    float[] positive = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      positive[i] = values[i] > 0 ? values[i] : 0;
    }
    return positive;
  }

  /** Of 12,544 values. */
  @Benchmark
  public float[] relu() {
    return ObliviousKernels.relu(values);
  }

  /** Of 112 x 112 values, 2 x 2. */
  @Benchmark
  public float[] maxPool() {
    return ObliviousKernels.maxPool(values, WINDOW);
  }

  /** Of 1,000 classes. */
  @Benchmark
  public int argMax() {
    return ObliviousKernels.argMax(logits);
  }

  /** The five largest of 1,000 classes. */
  @Benchmark
  public TopK topK() {
    return ObliviousKernels.topK(logits, 5);
  }

  /** A row of eight in a table of 1,568. */
  @Benchmark
  public float[] lookUp() {
    return ObliviousKernels.lookUp(values, 8, 700);
  }
}
