package io.silenda.infer.enclave;

import io.silenda.attest.worker.WorkerPlan;
import java.util.ArrayList;
import java.util.List;

/** The command line of a worker's Java virtual machine. It is measured, word for word. */
final class WorkerFlags {
  private static final List<String> FIXED =
      List.of(
          // Nobody attaches, nothing is written about the process.
          "-XX:+DisableAttachMechanism",
          "-XX:-UsePerfData",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+SuppressFatalErrorMessage",
          "-XX:-HeapDumpOnOutOfMemoryError",
          "-Xrs",
          // Standard output carries messages.
          "-XX:+DisplayVMOutputToStderr",
          // Files outside the private place cannot be read.
          "-XX:-UseContainerSupport",
          // A worker that ran out of memory is replaced, not mended.
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+UseSerialGC",
          "-Xshare:auto");

  /** Memory that a worker below a cap has to spare elsewhere. */
  private static final List<String> FRUGAL = List.of("-XX:ReservedCodeCacheSize=24m");

  private WorkerFlags() {}

  static List<String> of(WorkerOptions options, List<String> classPath, String main) {
    List<String> flags = new ArrayList<>(FIXED);
    flags.add("-Xmx" + options.heapMegabytes() + "m");
    flags.add("-Djava.io.tmpdir=" + WorkerPlan.PLACE + "/tmp");
    flags.add("-Duser.home=/");
    flags.add("-Donnxruntime.native.path=" + inPlace(WorkerInstallation.NATIVE));
    if (options.execution().tail().isPresent()) {
      flags.add("-Dsilenda.native.path=" + inPlace(WorkerInstallation.NATIVE));
    }
    if (options.execution().maxResidentBytes().isPresent()) {
      flags.addAll(FRUGAL);
    }
    flags.add("-cp");
    flags.add(String.join(":", classPath));
    flags.add(main);
    flags.add(WorkerPlan.PLACE + "/");
    return flags;
  }

  private static String inPlace(String path) {
    return WorkerPlan.PLACE + "/" + path;
  }
}
