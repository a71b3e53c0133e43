package io.silenda.bench.jmh;

import io.silenda.bench.kernels.Implementation;
import io.silenda.bench.kernels.MatrixVector;
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

/** A matrix of 1,024 rows and columns times an encrypted vector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MatrixVectorBenchmark {
  /** Who computes; SEAL is the baseline. */
  @Param({"SEAL", "SILENDA"})
  public Implementation implementation = Implementation.SEAL;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private MatrixVector matrixVector;

  /** Makes keys, encodes the matrix, and compares the product with the one in the clear. */
  @Setup(Level.Trial)
  public void open() {
    matrixVector = new MatrixVector();
    matrixVector.requireCorrect(implementation);
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void close() {
    matrixVector.close();
  }

  /** One product. */
  @Benchmark
  public void multiply() {
    matrixVector.multiply(implementation).close();
  }
}
