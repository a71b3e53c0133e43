package io.silenda.attest.provider;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;

/**
 * Produces evidence of this machine by one technology. Implementations are thread-safe and hold
 * nothing open between calls.
 */
public interface EvidenceProvider {
  /** A short name for people and options, such as {@code tsm}. */
  String name();

  /** Looks whether the technology is there; fast, leaves nothing behind, and never throws. */
  Probe probe();

  /**
   * Asks for evidence that carries the report data. Where the technology's field is shorter than 64
   * bytes, it carries their SHA-256: {@link ReportData#nonceIn} tells what a verifier must find.
   *
   * @param reportData exactly {@link ReportData#BYTES} bytes
   * @return evidence in a format of {@code EvidenceFormats}, with the endorsements that came along
   * @throws AttestationException with a reason of the group "producing evidence"
   * @throws IllegalArgumentException where the report data has another length
   */
  Evidence provide(byte[] reportData) throws AttestationException;
}
