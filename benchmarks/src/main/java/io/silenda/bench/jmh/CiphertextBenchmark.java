package io.silenda.bench.jmh;

import io.silenda.bench.kernels.CkksWorkload;
import io.silenda.bench.kernels.Implementation;
import io.silenda.bench.kernels.Preset;
import io.silenda.he.Ciphertext;
import io.silenda.he.Evaluator;
import io.silenda.he.LinearTransform;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Operations on ciphertexts at the top level of a ring. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CiphertextBenchmark {
  /** Who computes; SEAL is the baseline. */
  @Param({"SEAL", "SILENDA"})
  public Implementation implementation = Implementation.SEAL;

  /** Which ring. */
  @Param({"N8192_L5", "N16384_L7"})
  public Preset preset = Preset.N8192_L5;

  /** Together more than twice what a cache of 32 MB holds. */
  private static final int KEYS = 18;

  private static final int HOISTED = 8;
  private static final double TOLERANCE = 1e-2;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private CkksWorkload workload;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Evaluator evaluator;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private LinearTransform hoisted;

  private int next;

  /** Makes keys and operands, and compares both implementations on them. */
  @Setup(Level.Trial)
  public void open() {
    SortedMap<Integer, Integer> levels = new TreeMap<>();
    for (int step = 1; step <= KEYS; step++) {
      levels.put(step, preset.parameters().maxLevel());
    }
    workload = CkksWorkload.open(preset, levels);
    evaluator = workload.evaluator(implementation);
    hoisted = workload.hoistedRotations(HOISTED);
    agree("rotation", e -> workload.rotate(e, 1));
    agree("product", workload::multiplyRelinearizeRescale);
    agree("square", workload::squareRelinearizeRescale);
    agree("rescaling", workload::rescale);
    agree("plaintext product", workload::multiplyPlain);
    agree("hoisted rotations", e -> workload.apply(e, hoisted));
  }

  private void agree(String operation, Function<Evaluator, Ciphertext> run) {
    workload.requireAgreement(operation, TOLERANCE, run);
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void close() {
    workload.close();
  }

  /** A rotation whose key is in the cache, if it fits. */
  @Benchmark
  public void rotateHot() {
    workload.rotate(evaluator, 1).close();
  }

  /** A rotation whose key has left the cache. */
  @Benchmark
  public void rotateCold() {
    next = next % KEYS + 1;
    workload.rotate(evaluator, next).close();
  }

  /** Eight rotations: hoisted, times plaintexts and summed; or, with SEAL, one by one. */
  @Benchmark
  public void rotateEight() {
    if (implementation == Implementation.SILENDA) {
      workload.apply(evaluator, hoisted).close();
      return;
    }
    for (int step = 1; step <= HOISTED; step++) {
      workload.rotate(evaluator, step).close();
    }
  }

  /** Product of two ciphertexts. */
  @Benchmark
  public void multiplyRelinearizeRescale() {
    workload.multiplyRelinearizeRescale(evaluator).close();
  }

  /** Square of a ciphertext. */
  @Benchmark
  public void squareRelinearizeRescale() {
    workload.squareRelinearizeRescale(evaluator).close();
  }

  /** Division by the last prime. */
  @Benchmark
  public void rescale() {
    workload.rescale(evaluator).close();
  }

  /** Product with a plaintext. */
  @Benchmark
  public void multiplyPlain() {
    workload.multiplyPlain(evaluator).close();
  }

  /** Sum of two ciphertexts. */
  @Benchmark
  public void add() {
    workload.add(evaluator).close();
  }
}
