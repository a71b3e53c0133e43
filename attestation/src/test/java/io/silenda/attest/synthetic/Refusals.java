package io.silenda.attest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.verifier.EvidenceFormats;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the tests of every format ask. */
public final class Refusals {
  private Refusals() {}

  public static VerificationContext full(List<TrustAnchor> anchors) {
    return new VerificationContext(
        VerificationMode.FULL, Optional.of(Authority.NOW), Optional.of(anchors));
  }

  public static Claims accepted(Evidence evidence, VerificationContext context)
      throws AttestationException {
    return EvidenceFormats.all().verify(evidence, context, new CheckList());
  }

  /** The checks of evidence that is accepted. */
  public static CheckList checksOf(Evidence evidence, VerificationContext context)
      throws AttestationException {
    CheckList checks = new CheckList();
    EvidenceFormats.all().verify(evidence, context, checks);
    return checks;
  }

  public static void assertRefused(Evidence evidence, VerificationContext context, Reason reason) {
    try {
      EvidenceFormats.all().verify(evidence, context, new CheckList());
    } catch (AttestationException refusal) {
      assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
      assertThat(refusal.check().seen()).isNotBlank();
      assertThat(refusal.check().wanted()).isNotBlank();
      return;
    }
    fail("accepted, wanted " + reason);
  }

  /**
   * Flips one bit of every byte in turn: none may be accepted, and nothing but a refusal may be
   * thrown.
   */
  public static void assertEveryFlipRefused(Evidence evidence, VerificationContext context)
      throws AttestationException {
    accepted(evidence, context);
    byte[] bytes = evidence.bytes();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= (byte) (1 << i % 8);
      assertFlipRefused(with(evidence, bytes), context, i);
      bytes[i] ^= (byte) (1 << i % 8);
    }
  }

  /** Cuts the evidence at every length, and adds a byte: all refused. */
  public static void assertEveryOtherLengthRefused(Evidence evidence, VerificationContext context) {
    byte[] bytes = evidence.bytes();
    for (int length = 0; length <= bytes.length + 1; length++) {
      if (length != bytes.length) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertFlipRefused(with(evidence, cut), context, length);
      }
    }
  }

  private static void assertFlipRefused(
      Evidence evidence, VerificationContext context, int position) {
    try {
      EvidenceFormats.all().verify(evidence, context, new CheckList());
    } catch (AttestationException refusal) {
      return;
    }
    fail("accepted with a change at byte " + position);
  }

  public static Evidence with(Evidence evidence, byte[] bytes) {
    return new Evidence(evidence.format(), bytes, evidence.endorsements());
  }

  /** The evidence with one bit flipped. */
  public static Evidence flipped(Evidence evidence, int offset) {
    byte[] bytes = evidence.bytes();
    bytes[offset] ^= 1;
    return with(evidence, bytes);
  }
}
