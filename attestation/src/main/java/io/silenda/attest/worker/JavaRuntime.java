package io.silenda.attest.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts of a plan that make a Java virtual machine: program, libraries, modules, class-data
 * archive and security files of an image, and the C libraries that it is linked with.
 */
public final class JavaRuntime {
  /** The program of a plan that runs Java. */
  public static final String PROGRAM = "jdk/bin/java";

  /** Sources and the compiler's symbol table: large, and never executed. */
  private static final List<String> NOT_RUN = List.of("src.zip", "ct.sym");

  private static final List<String> LIBRARY_FOLDERS =
      List.of(
          "/lib/x86_64-linux-gnu",
          "/lib/aarch64-linux-gnu",
          "/lib64",
          "/usr/lib64",
          "/lib",
          "/usr/lib");

  private static final List<String> LOADERS =
      List.of("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1");

  /** What Java and ONNX Runtime are linked with; an image may bring some of them itself. */
  private static final List<String> LIBRARIES =
      List.of(
          "libc.so.6",
          "libm.so.6",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "libz.so.1",
          "libstdc++.so.6",
          "libgcc_s.so.1");

  private JavaRuntime() {}

  /** Adds the image at {@code javaHome} and the C libraries of this system. */
  public static void addTo(WorkerPlan.Builder plan, Path javaHome) {
    plan.file(PROGRAM, javaHome.resolve("bin/java"));
    plan.tree("jdk/lib", javaHome.resolve("lib"));
    plan.tree("jdk/conf", javaHome.resolve("conf"));
    NOT_RUN.forEach(plan::skip);
    LOADERS.stream().filter(JavaRuntime::exists).forEach(file -> addSame(plan, file));
    for (String library : LIBRARIES) {
      LIBRARY_FOLDERS.stream()
          .map(folder -> folder + "/" + library)
          .filter(JavaRuntime::exists)
          .findFirst()
          .ifPresent(file -> addSame(plan, file));
    }
  }

  private static boolean exists(String file) {
    return Files.isRegularFile(Path.of(file));
  }

  /** At its own path, where the program's loader looks for it. */
  private static void addSame(WorkerPlan.Builder plan, String file) {
    plan.file(file.substring(1), Path.of(file));
  }
}
