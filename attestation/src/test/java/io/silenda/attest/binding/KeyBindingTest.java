package io.silenda.attest.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.hpke.HpkeConfiguration;
import io.silenda.attest.synthetic.CborWriter;
import io.silenda.attest.synthetic.RefusedBy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyBindingTest {
  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static KeyBinding binding(int changed) {
    Optional<byte[]> tls = changed == 8 ? Optional.of(filled(8, 44)) : Optional.empty();
    return new KeyBinding(
        changed == 0 ? Purpose.KEY_RELEASE : Purpose.SESSION,
        filled(changed == 1 ? 100 : 1, 32),
        new WorkerIdentity(
            filled(changed == 2 ? 100 : 2, 32),
            filled(changed == 3 ? 100 : 3, 48),
            filled(changed == 4 ? 100 : 4, 64),
            tls),
        new HpkeConfiguration(changed == 5 ? 100 : 5, filled(changed == 6 ? 100 : 6, 32)),
        filled(changed == 7 ? 100 : 7, 40));
  }

  /** The layout, written down a second time with the writer of the tests. */
  @Test
  void reportDataIsTheHashOfDeterministicCbor() {
    byte[] encoded =
        CborWriter.array(
            CborWriter.text("silenda attested session v1"),
            CborWriter.bytes(filled(1, 32)),
            CborWriter.bytes(filled(2, 32)),
            CborWriter.bytes(binding(-1).hpke().encode()),
            CborWriter.bytes(filled(7, 40)),
            CborWriter.bytes(filled(3, 48)),
            CborWriter.bytes(filled(4, 64)),
            new byte[] {(byte) 0xf6});
    assertThat(binding(-1).reportData()).isEqualTo(Digests.SHA_512.hash(encoded));
    assertThat(binding(-1).shortReportData())
        .isEqualTo(Digests.SHA_256.hash(Digests.SHA_512.hash(encoded)));
  }

  @Test
  void everyFieldChangesTheReportData() {
    Set<String> seen = new HashSet<>();
    for (int changed = -1; changed <= 8; changed++) {
      seen.add(HexFormat.of().formatHex(binding(changed).reportData()));
    }
    assertThat(seen).hasSize(10);
  }

  @Test
  void boundEvidenceIsReadBack() throws Exception {
    for (int changed : new int[] {-1, 8}) {
      BoundEvidence bound =
          new BoundEvidence(
              binding(changed),
              new Evidence(
                  "some-format",
                  filled(9, 1000),
                  List.of(new EndorsementFile("leaf", filled(10, 30)))));
      BoundEvidence read = BoundEvidence.parse(Purpose.SESSION, bound.encode());
      assertThat(read.binding()).isEqualTo(bound.binding());
      assertThat(read.encode()).isEqualTo(bound.encode());
      RefusedBy.assertRefused(
          Reason.BAD_FIELD, () -> BoundEvidence.parse(Purpose.KEY_RELEASE, bound.encode()));
    }
  }

  @Test
  void oversizedEvidenceIsNotParsed() {
    RefusedBy.assertRefused(
        Reason.TOO_LARGE,
        () -> BoundEvidence.parse(Purpose.SESSION, new byte[BoundEvidence.MAX_BYTES + 1]));
  }

  @Test
  void fieldsOfOtherLengthsAreCallersMistakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new WorkerIdentity(new byte[31], new byte[32], new byte[32], Optional.empty()))
        .withMessageContaining("workerDigest: 31 bytes");
  }
}
