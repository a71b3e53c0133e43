package io.silenda.attest;

import java.util.Set;

/**
 * Verifies the evidence of one technology: parses it, proves who signed it, and evaluates what its
 * endorsements say. Whether the result is good enough is not its business but that of the appraisal
 * policy; debug mode, TCB status and measurements are reported, not judged.
 *
 * <p>Implementations are stateless and thread-safe. They throw nothing but {@link
 * AttestationException} whatever the bytes are.
 */
public interface EvidenceVerifier {
  /** Names of the formats this verifier reads, such as {@code tdx-quote-v4}. */
  Set<String> formats();

  /**
   * Verifies evidence.
   *
   * @param evidence the evidence; its format is one of {@link #formats()}
   * @param context how far to go, the clock, the roots
   * @param checks where each check is noted, in order
   * @return what has been proven
   * @throws AttestationException where anything that the mode asks for could not be proven
   */
  Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException;
}
