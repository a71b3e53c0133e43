package io.silenda.attest.sealed;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A fresh process that loads a container, whose key is zeros, and prints what it took. What a
 * worker has done before it gets a key is not counted but printed: loading Bouncy Castle, which the
 * channel needs, and compiling the cipher.
 */
final class SealedLoad {
  private SealedLoad() {}

  /** Arguments: a small container to start with, and the large one. */
  public static void main(String[] arguments) throws Exception {
    long begin = cpuNanos();
    CipherWarmUp.run();
    try (ModelKey key = ModelKey.of(new byte[ModelKey.SIZE_BYTES])) {
      SealedModel.open(Path.of(arguments[0]), key).close();
      load(Path.of(arguments[1]), key, cpuNanos() - begin);
    }
  }

  private static void load(Path file, ModelKey key, long startNanos) throws Exception {
    long start = cpuNanos();
    try (SealedModel model = SealedModel.open(file, key)) {
      ByteBuffer content = ByteBuffer.allocateDirect((int) model.header().contentBytes());
      model.read(0, content);
      long nanos = cpuNanos() - start;
      System.out.printf(
          "sealed load: %d MB at %.0f MB/s of processor time, after a start of %d ms%n",
          content.capacity() / 1_000_000, content.capacity() * 1e3 / nanos, startNanos / 1_000_000);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
