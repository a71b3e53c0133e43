package io.silenda.bench.jmh;

import io.silenda.bench.kernels.CkksWorkload;
import io.silenda.bench.kernels.Implementation;
import io.silenda.bench.kernels.Preset;
import io.silenda.he.SealClientProfile;
import io.silenda.he.SealClientProfile.Operation;
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

/** What a client does; the baseline is the code of SEAL itself for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ClientBenchmark {
  /** Who computes; SEAL is the baseline. */
  @Param({"SEAL", "SILENDA"})
  public Implementation implementation = Implementation.SEAL;

  /** Which ring. */
  @Param({"N8192_L5", "N16384_L7", "N32768_L16"})
  public Preset preset = Preset.N8192_L5;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private CkksWorkload workload;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private SealClientProfile seal;

  /** Makes keys, and checks that values come back. */
  @Setup(Level.Trial)
  public void open() {
    workload = CkksWorkload.open(preset, new TreeMap<>());
    workload.requireRoundTrip();
    seal = workload.sealClient();
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void close() {
    seal.close();
    workload.close();
  }

  /** A real vector to a plaintext. */
  @Benchmark
  public void encode() {
    run(Operation.ENCODE, () -> workload.encode().close());
  }

  /** A plaintext to a ciphertext. */
  @Benchmark
  public void encrypt() {
    run(Operation.ENCRYPT, () -> workload.encrypt().close());
  }

  /** A plaintext to a real vector. */
  @Benchmark
  public void decode() {
    run(Operation.DECODE, workload::decode);
  }

  /** A ciphertext to a real vector. */
  @Benchmark
  public void decrypt() {
    run(Operation.DECRYPT, workload::decrypt);
  }

  private void run(Operation operation, Runnable own) {
    if (implementation == Implementation.SEAL) {
      seal.nanos(operation, 1);
    } else {
      own.run();
    }
  }
}
