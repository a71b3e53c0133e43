package io.silenda.bench.jmh;

import io.silenda.bench.backend.EnclaveService;
import io.silenda.bench.growth.ConvolutionNetwork;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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

/**
 * A row through the attested channel to ONNX Runtime in a measured worker, beside the same model
 * over the same transport without any protection, the baseline. Evidence is SIMULATED: this is what
 * channel and process cost, not what hardware adds.
 *
 * <p>Both sides' HTTP server sends at once ({@code sun.net.httpserver.nodelay}): else either waits
 * for the other side's delayed acknowledgement, 40 ms that would hide what is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Dsun.net.httpserver.nodelay=true")
public class EnclaveBenchmark {
  private static final String CONVOLUTIONS = "convolutions";

  /** Nine convolutions that are made here, or an ONNX file. */
  @Param(CONVOLUTIONS)
  public String model = CONVOLUTIONS;

  /** Values of a row. */
  @Param("784")
  public int rowSize = ConvolutionNetwork.ROW_SIZE;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private EnclaveService sealedService;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private PlainService plainService;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Tensor row;

  /** Starts both workers, and checks that they answer alike. */
  @Setup(Level.Trial)
  public void open() throws IOException, InterruptedException, EnclaveException {
    row = row(rowSize);
    Path made = Files.createTempFile("convolutions", ".onnx");
    try {
      ConvolutionNetwork.write(made);
      Path file = model.equals(CONVOLUTIONS) ? made : Path.of(model);
      sealedService = new EnclaveService(file);
      plainService = new PlainService(file);
      // Both have read the file when they have answered.
      if (!sealed().equals(plain())) {
        throw new IllegalStateException("sealing changes the answer");
      }
    } finally {
      Files.delete(made);
    }
  }

  private static Tensor row(int size) {
    Random random = new Random(1);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.of(new int[] {1, size}, values);
  }

  /** Ends them. */
  @TearDown(Level.Trial)
  public void close() {
    sealedService.close();
    plainService.close();
  }

  /** Sealed, relayed, opened, answered, sealed, with a receipt, opened, verified. */
  @Benchmark
  public Tensor sealed() throws EnclaveException {
    return sealedService.infer(row).output();
  }

  /** The baseline: the same transport, in the clear. */
  @Benchmark
  public Tensor plain() throws IOException, InterruptedException, EnclaveException {
    return plainService.infer(row);
  }
}
