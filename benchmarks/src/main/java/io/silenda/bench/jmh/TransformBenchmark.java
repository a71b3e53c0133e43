package io.silenda.bench.jmh;

import io.silenda.bench.kernels.Implementation;
import io.silenda.he.TransformProfile;
import io.silenda.he.TransformProfile.Operation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Transforms and plaintext products modulo one prime. */
public class TransformBenchmark extends Microseconds {
  /** Who computes; SEAL is the baseline. */
  @Param({"SEAL", "SILENDA"})
  public Implementation implementation = Implementation.SEAL;

  /** Ring degree. */
  @Param({"8192", "16384", "32768"})
  public int degree;

  /** Size of the prime. */
  @Param({"43", "49"})
  public int primeBits;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private TransformProfile profile;

  /** Builds tables; refuses kernels that do not agree with SEAL. */
  @Setup(Level.Trial)
  public void open() {
    profile = TransformProfile.create(degree, primeBits);
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void close() {
    profile.close();
  }

  /** Number-theoretic transform. */
  @Benchmark
  public long forward() {
    return once(Operation.FORWARD);
  }

  /** Its inverse. */
  @Benchmark
  public long inverse() {
    return once(Operation.INVERSE);
  }

  /** Two polynomials times a third. */
  @Benchmark
  public long pointwise() {
    return once(Operation.POINTWISE);
  }

  private long once(Operation operation) {
    return implementation == Implementation.SEAL
        ? profile.sealNanos(operation, 1)
        : profile.ownNanos(operation, 1);
  }
}
