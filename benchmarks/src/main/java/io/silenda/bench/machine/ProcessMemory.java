package io.silenda.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of processes as the kernel counts it. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /** VmHWM of this whole process; −1 where the kernel does not tell. */
  public static long peakResidentBytes() {
    return peakResidentBytes(ProcessHandle.current().pid());
  }

  /** VmHWM of a process; −1 where the kernel does not tell. */
  public static long peakResidentBytes(long processId) {
    try {
      for (String line :
          Files.readAllLines(Path.of("/proc", String.valueOf(processId), "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }
}
