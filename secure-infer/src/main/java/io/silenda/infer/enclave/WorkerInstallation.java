package io.silenda.infer.enclave;

import ai.onnxruntime.OrtEnvironment;
import io.silenda.attest.Evidence;
import io.silenda.attest.worker.JavaRuntime;
import io.silenda.attest.worker.WorkerFiles;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.attest.worker.WorkerMeasurement;
import io.silenda.attest.worker.WorkerPlan;
import io.silenda.he.oblivious.ObliviousKernels;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * What a worker for one model is made of in this installation: Java, the jars it needs and no
 * others, native libraries, flags, the model, the policy. Closing deletes the files that were taken
 * out of jars; running workers have their own copies. Immutable and thread-safe.
 */
public final class WorkerInstallation implements AutoCloseable {
  /** Where the worker finds its model. */
  public static final String MODEL = "model/model.onnx";

  /** Where the worker finds its policy. */
  public static final String POLICY = "policy/worker.policy";

  /** Where the worker finds out how it computes. */
  public static final String EXECUTION = "policy/worker.execution";

  /** Where the worker finds its native libraries. */
  public static final String NATIVE = "native";

  /** The lock-down library in {@link #NATIVE}. */
  public static final String LOCKDOWN = "libsilenda_lockdown.so";

  private static final String MAIN = "io.silenda.infer.enclave.worker.WorkerMain";

  /** One class of every jar that the worker needs. */
  private static final List<Class<?>> ANCHORS =
      List.of(
          WorkerInstallation.class,
          Evidence.class,
          OrtEnvironment.class,
          X25519PublicKeyParameters.class);

  /** The same with the kernels that do not branch on values. */
  private static final List<Class<?>> OBLIVIOUS_ANCHORS =
      Stream.concat(ANCHORS.stream(), Stream.<Class<?>>of(ObliviousKernels.class)).toList();

  private final WorkerFiles files;
  private final Path launcher;
  private final WorkerPlan plan;

  private WorkerInstallation(WorkerFiles files, Path launcher, WorkerPlan plan) {
    this.files = files;
    this.launcher = launcher;
    this.plan = plan;
  }

  /**
   * The worker for {@code model} by this installation.
   *
   * @throws IOException if a part is missing, such as the launcher on a platform without one
   */
  public static WorkerInstallation of(Path model, WorkerOptions options) throws IOException {
    WorkerFiles files = WorkerFiles.create();
    try {
      WorkerPlan.Builder plan = WorkerPlan.builder(JavaRuntime.PROGRAM);
      JavaRuntime.addTo(plan, options.javaHome());
      boolean oblivious = options.execution().tail().isPresent();
      List<String> classPath = addCode(plan, oblivious ? OBLIVIOUS_ANCHORS : ANCHORS);
      addNativeLibraries(plan, files);
      if (oblivious) {
        addKernels(plan, files);
      }
      plan.file(MODEL, model);
      plan.file(POLICY, files.write("worker.policy", options.policy().bytes()));
      plan.file(EXECUTION, files.write("worker.execution", options.execution().bytes()));
      WorkerFlags.of(options, classPath, MAIN).forEach(plan::argument);
      plan.limit("address-space-bytes", (long) options.addressSpaceMegabytes() << 20);
      plan.limit("open-files", 128);
      options.registers().forEach(plan::extend);
      return new WorkerInstallation(files, files.launcher(), plan.build());
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static List<String> addCode(WorkerPlan.Builder plan, List<Class<?>> anchors)
      throws IOException {
    List<String> classPath = new ArrayList<>();
    for (Class<?> anchor : anchors) {
      Path code = codeOf(anchor);
      String target = "app/" + classPath.size();
      if (Files.isDirectory(code)) {
        plan.tree(target, code);
      } else {
        target += "/" + code.getFileName();
        plan.file(target, code);
      }
      classPath.add(WorkerPlan.PLACE + "/" + target);
    }
    return classPath;
  }

  private static Path codeOf(Class<?> anchor) throws IOException {
    CodeSource source = anchor.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IOException(anchor.getName() + " comes from no file");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(anchor.getName() + " comes from no file", e);
    }
  }

  /** Loaded from files of their own, so that what is loaded is what was measured. */
  private static void addNativeLibraries(WorkerPlan.Builder plan, WorkerFiles files)
      throws IOException {
    String folder =
        System.getProperty("os.arch", "").equals("amd64") ? "linux-x64" : "linux-aarch64";
    for (String library : List.of("libonnxruntime.so", "libonnxruntime4j_jni.so")) {
      Path file =
          files.extract(
              OrtEnvironment.class, "/ai/onnxruntime/native/" + folder + "/" + library, library);
      plan.file(NATIVE + "/" + library, file);
    }
    plan.file(NATIVE + "/" + LOCKDOWN, files.lockdownLibrary());
  }

  private static void addKernels(WorkerPlan.Builder plan, WorkerFiles files) throws IOException {
    String arch = System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : "aarch64";
    for (String name : List.of("libsilenda_he.so", "silenda-he.version")) {
      String resource = "/META-INF/native/linux-" + arch + "/" + name;
      plan.file(NATIVE + "/" + name, files.extract(ObliviousKernels.class, resource, name));
    }
  }

  /**
   * Measures the files as they are now.
   *
   * @throws IOException if one cannot be read
   */
  public WorkerManifest measure() throws IOException {
    return WorkerMeasurement.of(plan, launcher);
  }

  /** The same with another file in one place; for tests. Only one of both is to be closed. */
  WorkerInstallation replacing(String target, Path source) {
    return new WorkerInstallation(files, launcher, plan.withSource(target, source));
  }

  /** The same with another launcher; for tests. Only one of both is to be closed. */
  WorkerInstallation withLauncher(Path other) {
    return new WorkerInstallation(files, other, plan);
  }

  /** What the launcher is told. */
  WorkerPlan plan() {
    return plan;
  }

  Path launcher() {
    return launcher;
  }

  @Override
  public void close() {
    files.close();
  }
}
