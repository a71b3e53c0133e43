package io.silenda.infer.enclave;

import io.silenda.attest.lockdown.WorkerPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a worker is made and how long it is waited for. All but the times is measured.
 *
 * @param policy protections that it must find in place
 * @param javaHome the Java image that is copied and run
 * @param heapMegabytes limit of the Java heap
 * @param addressSpaceMegabytes limit of all memory that is mapped, ONNX Runtime's included
 * @param startTimeout from the start of the launcher until the model is loaded
 * @param requestTimeout for one message; a worker that takes longer is killed
 * @param registers run-time measurement registers that the launcher extends with the digest
 * @param execution how the worker computes
 */
public record WorkerOptions(
    WorkerPolicy policy,
    Path javaHome,
    int heapMegabytes,
    int addressSpaceMegabytes,
    Duration startTimeout,
    Duration requestTimeout,
    List<Path> registers,
    ExecutionPolicy execution) {
  /** Every protection required, this process's own Java, two minutes for anything. */
  public static final WorkerOptions STRICT =
      new WorkerOptions(
          WorkerPolicy.strict(),
          Path.of(System.getProperty("java.home")),
          512,
          8192,
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          List.of(),
          ExecutionPolicy.DEFAULT);

  private static final int HEAP_SHARE = 4;

  /** Checks the numbers. */
  public WorkerOptions {
    if (heapMegabytes < 32) {
      throw new IllegalArgumentException("heapMegabytes " + heapMegabytes + " is below 32");
    }
    if (addressSpaceMegabytes < heapMegabytes) {
      throw new IllegalArgumentException(
          "addressSpaceMegabytes " + addressSpaceMegabytes + " is below the heap");
    }
    if (startTimeout.isNegative() || requestTimeout.isNegative()) {
      throw new IllegalArgumentException("a timeout is negative");
    }
    registers = List.copyOf(registers);
  }

  /** The same with another policy. */
  public WorkerOptions withPolicy(WorkerPolicy other) {
    return new WorkerOptions(
        other,
        javaHome,
        heapMegabytes,
        addressSpaceMegabytes,
        startTimeout,
        requestTimeout,
        registers,
        execution);
  }

  /** The same with another Java image. */
  public WorkerOptions withJavaHome(Path other) {
    return new WorkerOptions(
        policy,
        other,
        heapMegabytes,
        addressSpaceMegabytes,
        startTimeout,
        requestTimeout,
        registers,
        execution);
  }

  /** The same with another heap. */
  public WorkerOptions withHeapMegabytes(int other) {
    return new WorkerOptions(
        policy,
        javaHome,
        other,
        addressSpaceMegabytes,
        startTimeout,
        requestTimeout,
        registers,
        execution);
  }

  /** The same with another limit for requests. */
  public WorkerOptions withRequestTimeout(Duration other) {
    return new WorkerOptions(
        policy,
        javaHome,
        heapMegabytes,
        addressSpaceMegabytes,
        startTimeout,
        other,
        registers,
        execution);
  }

  /** The same with registers that the launcher extends. */
  public WorkerOptions withRegisters(List<Path> other) {
    return new WorkerOptions(
        policy,
        javaHome,
        heapMegabytes,
        addressSpaceMegabytes,
        startTimeout,
        requestTimeout,
        other,
        execution);
  }

  /** The same, computing otherwise; a cap on memory leaves a quarter of it to the heap. */
  public WorkerOptions withExecution(ExecutionPolicy other) {
    long share = other.maxResidentBytes().orElse(Long.MAX_VALUE) / (HEAP_SHARE << 20);
    return new WorkerOptions(
        policy,
        javaHome,
        (int) Math.min(heapMegabytes, share),
        addressSpaceMegabytes,
        startTimeout,
        requestTimeout,
        registers,
        other);
  }
}
