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
 */
public record WorkerOptions(
    WorkerPolicy policy,
    Path javaHome,
    int heapMegabytes,
    int addressSpaceMegabytes,
    Duration startTimeout,
    Duration requestTimeout,
    List<Path> registers) {
  /** Every protection required, this process's own Java, two minutes for anything. */
  public static final WorkerOptions STRICT =
      new WorkerOptions(
          WorkerPolicy.strict(),
          Path.of(System.getProperty("java.home")),
          512,
          8192,
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          List.of());

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
        registers);
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
        registers);
  }

  /** The same with another heap. */
  public WorkerOptions withHeapMegabytes(int other) {
    return new WorkerOptions(
        policy, javaHome, other, addressSpaceMegabytes, startTimeout, requestTimeout, registers);
  }

  /** The same with another limit for requests. */
  public WorkerOptions withRequestTimeout(Duration other) {
    return new WorkerOptions(
        policy, javaHome, heapMegabytes, addressSpaceMegabytes, startTimeout, other, registers);
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
        other);
  }
}
