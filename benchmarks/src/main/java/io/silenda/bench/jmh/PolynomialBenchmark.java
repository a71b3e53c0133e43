package io.silenda.bench.jmh;

import io.silenda.bench.kernels.ChebyshevGroup;
import io.silenda.bench.kernels.CkksWorkload;
import io.silenda.bench.kernels.Implementation;
import io.silenda.he.Evaluator;
import io.silenda.he.Polynomial;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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

/** A Chebyshev polynomial of degree 27 on every slot. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PolynomialBenchmark {
  /** Who computes; SEAL is the baseline. */
  @Param({"SEAL", "SILENDA"})
  public Implementation implementation = Implementation.SEAL;

  private final Polynomial polynomial = ChebyshevGroup.polynomial();

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private CkksWorkload workload;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Evaluator evaluator;

  /** Makes keys, and compares both implementations. */
  @Setup(Level.Trial)
  public void open() {
    workload = CkksWorkload.open(ChebyshevGroup.PRESET, new TreeMap<>());
    evaluator = workload.evaluator(implementation);
    workload.requireAgreement("polynomial", 1e-4, e -> workload.evaluate(e, polynomial));
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void close() {
    workload.close();
  }

  /** One evaluation. */
  @Benchmark
  public void evaluate() {
    workload.evaluate(evaluator, polynomial).close();
  }
}
