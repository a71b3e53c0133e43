package io.silenda.attest.provider.tpm;

import java.time.Duration;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What to quote, and with which key.
 *
 * @param pcrs registers of the SHA-256 bank, 0 to 23
 * @param keyHandle a persistent attestation key; without one, a key that the TPM derives from its
 *     endorsement seed each time
 * @param certificateIndex an NV index with the key's certificate (DER); without one, the bare key
 *     goes along, which a verifier has to know or else counts as simulated
 * @param timeout of each command
 */
public record TpmOptions(
    SortedSet<Integer> pcrs,
    OptionalInt keyHandle,
    OptionalInt certificateIndex,
    Duration timeout) {
  private static final int MOST_PCRS = 24;

  /** Checks and copies the arguments. */
  public TpmOptions {
    pcrs = Collections.unmodifiableSortedSet(new TreeSet<>(pcrs));
    if (pcrs.isEmpty() || pcrs.first() < 0 || pcrs.last() >= MOST_PCRS) {
      throw new IllegalArgumentException("pcrs: " + pcrs + ", must be some of 0 to 23");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout: " + timeout + ", must be above 0");
    }
  }

  /** What the firmware, the boot loader and the kernel measure: 0 to 15; a derived key; 30 s. */
  public static TpmOptions defaults() {
    return new TpmOptions(
        new TreeSet<>(IntStream.range(0, 16).boxed().toList()),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Duration.ofSeconds(30));
  }
}
