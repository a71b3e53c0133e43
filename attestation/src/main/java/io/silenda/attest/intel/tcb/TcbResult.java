package io.silenda.attest.intel.tcb;

import io.silenda.attest.TcbStatus;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What came out of an evaluation.
 *
 * @param status the status of platform, quoting enclave and TDX module together
 * @param advisoryIds advisories of all of them
 */
public record TcbResult(TcbStatus status, SortedSet<String> advisoryIds) {
  /** Copies the set. */
  public TcbResult {
    advisoryIds = new TreeSet<>(advisoryIds);
  }

  @Override
  public SortedSet<String> advisoryIds() {
    return new TreeSet<>(advisoryIds);
  }
}
