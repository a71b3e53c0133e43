package io.silenda.attest.lockdown;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which protections a worker must find in place, or it refuses to start. The text is measured and
 * its digest stands in the report data, so that whoever accepts the digest knows what the worker
 * insists on.
 *
 * @param required protections without which the worker ends
 */
public record WorkerPolicy(Set<Protection> required) {
  private static final String HEADER = "silenda-worker-policy 1";
  private static final String REQUIRE = "require ";
  private static final int MAX_BYTES = 4096;

  /** Copies the set. */
  public WorkerPolicy {
    EnumSet<Protection> copy = EnumSet.noneOf(Protection.class);
    copy.addAll(required);
    required = Collections.unmodifiableSet(copy);
  }

  /** Requires every protection: the default. */
  public static WorkerPolicy strict() {
    return new WorkerPolicy(EnumSet.allOf(Protection.class));
  }

  /** The same without one protection, for kernels that lack it. */
  public WorkerPolicy insecureWithout(Protection protection) {
    EnumSet<Protection> fewer = EnumSet.noneOf(Protection.class);
    fewer.addAll(required);
    fewer.remove(protection);
    return new WorkerPolicy(fewer);
  }

  /** The policy file: the only spelling of this policy. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    required.forEach(each -> text.append(REQUIRE).append(each.code()).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** SHA-256 of {@link #bytes}. */
  public byte[] digest() {
    return Digests.SHA_256.hash(bytes());
  }

  /**
   * Reads a policy file.
   *
   * @throws AttestationException with {@link Reason#BAD_POLICY} where it is not what {@link #bytes}
   *     of some policy gives
   */
  public static WorkerPolicy parse(byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw bad("a policy of " + bytes.length + " bytes", "at most " + MAX_BYTES + " bytes");
    }
    EnumSet<Protection> required = EnumSet.noneOf(Protection.class);
    String text = new String(bytes, StandardCharsets.US_ASCII);
    String[] lines = text.split("\n", -1);
    for (int i = 1; i < lines.length - 1; i++) {
      String code = lines[i].startsWith(REQUIRE) ? lines[i].substring(REQUIRE.length()) : "";
      required.add(
          Protection.ofCode(code)
              .orElseThrow(() -> bad("an unknown line", REQUIRE + "and a protection")));
    }
    WorkerPolicy policy = new WorkerPolicy(required);
    if (!Arrays.equals(policy.bytes(), bytes)) {
      throw bad("another spelling", "the canonical text of a policy");
    }
    return policy;
  }

  private static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_POLICY, "worker-policy", seen, wanted);
  }
}
