package io.silenda.bench.jmh;

import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.attest.sealed.SealedModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A model sealed into a container and read again; the baseline is copying and reading the file. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SealedModelBenchmark extends Microseconds {
  /** Size of the model, in units of 2^20 bytes. */
  @Param("16")
  public int mebibytes = 16;

  private final ModelKey key = ModelKey.generate();
  private Path folder = Path.of("");
  private Path model = Path.of("");
  private Path container = Path.of("");

  /** Writes a model, and seals it. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("sealed-benchmark");
    model = Files.write(folder.resolve("model"), new byte[mebibytes << 20]);
    container = folder.resolve("container");
    seal();
  }

  /** Deletes both. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    Files.delete(container);
    Files.delete(model);
    Files.delete(folder);
  }

  /** Encrypts chunk by chunk. */
  @Benchmark
  public SealedHeader seal() throws IOException {
    return SealedModelWriter.seal(model, container, key, ModelHead.NONE);
  }

  /** Decrypts and verifies all chunks. */
  @Benchmark
  public byte[] openAndRead() throws IOException, AttestationException {
    try (SealedModel sealed = SealedModel.open(container, key)) {
      return sealed.readAll();
    }
  }

  /** The baseline of {@link #openAndRead}. */
  @Benchmark
  public byte[] readPlain() throws IOException {
    return Files.readAllBytes(model);
  }
}
