package io.silenda.infer.enclave;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a worker computes. The text is measured, so that the worker digest, which clients and owners
 * accept or refuse, stands for one policy alone.
 *
 * @param maxResidentBytes most bytes of memory that the whole process may ever have resident, the
 *     virtual machine and ONNX Runtime included; a worker that had more ends
 * @param tail what the worker computes on the model's output without traces of its values
 */
public record ExecutionPolicy(OptionalLong maxResidentBytes, Optional<ObliviousTail> tail) {
  /** No cap but the kernel's limits, and the model's output as it is. */
  public static final ExecutionPolicy DEFAULT =
      new ExecutionPolicy(OptionalLong.empty(), Optional.empty());

  /** A virtual machine with ONNX Runtime has more than half of this before any model is loaded. */
  public static final long MIN_RESIDENT_BYTES = 128L << 20;

  private static final String HEADER = "silenda-worker-execution 1";
  private static final String RESIDENT = "resident-bytes ";
  private static final String TAIL = "oblivious-tail ";
  private static final int MAX_BYTES = 256;

  /**
   * Checks the cap.
   *
   * @throws IllegalArgumentException if it is below {@link #MIN_RESIDENT_BYTES}
   */
  public ExecutionPolicy {
    if (maxResidentBytes.isPresent() && maxResidentBytes.getAsLong() < MIN_RESIDENT_BYTES) {
      throw new IllegalArgumentException(
          "maxResidentBytes "
              + maxResidentBytes.getAsLong()
              + " is below "
              + MIN_RESIDENT_BYTES
              + ", with which no worker starts");
    }
  }

  /** The same with a cap. */
  public ExecutionPolicy withMaxResidentBytes(long bytes) {
    return new ExecutionPolicy(OptionalLong.of(bytes), tail);
  }

  /** The same with a tail. */
  public ExecutionPolicy withTail(ObliviousTail other) {
    return new ExecutionPolicy(maxResidentBytes, Optional.of(other));
  }

  /** The policy file: the only spelling of this policy. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    maxResidentBytes.ifPresent(bytes -> text.append(RESIDENT).append(bytes).append('\n'));
    tail.ifPresent(each -> text.append(TAIL).append(each).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a policy file.
   *
   * @throws AttestationException with {@link Reason#BAD_POLICY} where it is not what {@link #bytes}
   *     of some policy gives
   */
  public static ExecutionPolicy parse(byte[] bytes) throws AttestationException {
    ExecutionPolicy policy = DEFAULT;
    if (bytes.length <= MAX_BYTES) {
      try {
        for (String line : new String(bytes, StandardCharsets.US_ASCII).split("\n", -1)) {
          if (line.startsWith(RESIDENT)) {
            policy = policy.withMaxResidentBytes(Long.parseLong(line.substring(RESIDENT.length())));
          } else if (line.startsWith(TAIL)) {
            policy = policy.withTail(ObliviousTail.parse(line.substring(TAIL.length())));
          }
        }
      } catch (IllegalArgumentException e) {
        throw bad();
      }
    }
    if (!Arrays.equals(policy.bytes(), bytes)) {
      throw bad();
    }
    return policy;
  }

  private static AttestationException bad() {
    return new AttestationException(
        Reason.BAD_POLICY, "worker-execution", "another text", "the text of an execution policy");
  }
}
