package io.silenda.infer.enclave.paging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of this process's memory: everything resident, the JVM and ONNX Runtime. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** What is resident now. */
  public static long currentBytes() throws IOException {
    return bytes("VmRSS:");
  }

  /** The most that was ever resident. */
  public static long peakBytes() throws IOException {
    return bytes("VmHWM:");
  }

  private static long bytes(String field) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException(STATUS + " does not say " + field);
  }
}
