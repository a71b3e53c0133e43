package io.silenda.attest.intel;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.verifier.EvidenceFormats;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One bit of every byte of a quote, flipped after signing. */
class FlippedBytesTest {
  /** Collateral could only refuse more. */
  private static final VerificationContext SIGNATURES =
      SyntheticIntel.context(VerificationMode.SIGNATURE_ONLY);

  /** Seed of the choice of bits: the position. */
  private static int bit(int position) {
    return 1 << (position * 5 % 8);
  }

  @ParameterizedTest
  @EnumSource(names = {"SGX", "TDX_V4", "TDX_15"})
  void noByteOfAQuoteCanBeChanged(SyntheticIntelFactory factory) throws AttestationException {
    SyntheticIntel good = factory.make();
    Evidence evidence = good.evidence();
    byte[] quote = evidence.bytes();
    assertThat(good.verify().tcbStatus()).isPresent();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (int i = 0; i < quote.length; i++) {
      byte[] flipped = quote.clone();
      flipped[i] ^= (byte) bit(i);
      Evidence changed = new Evidence(evidence.format(), flipped, evidence.endorsements());
      try {
        EvidenceFormats.all().verify(changed, SIGNATURES, new CheckList());
        throw new AssertionError("byte " + i + " was accepted");
      } catch (AttestationException e) {
        assertThat(e.reason()).as("byte %d: %s", i, e).isNotEqualTo(Reason.INTERNAL);
        reasons.add(e.reason());
      }
    }
    assertThat(reasons)
        .contains(
            Reason.UNSUPPORTED_VERSION,
            Reason.UNSUPPORTED_ALGORITHM,
            Reason.BAD_FIELD,
            Reason.EVIDENCE_SIGNATURE,
            Reason.QE_REPORT_DATA,
            Reason.QE_REPORT_SIGNATURE);
  }
}
