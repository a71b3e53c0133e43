package io.silenda.attest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {
  private static final byte[] DATA = new byte[ReportData.BYTES];

  private record Fake(String name, Probe probe, boolean fails) implements EvidenceProvider {
    @Override
    public Evidence provide(byte[] reportData) throws AttestationException {
      if (fails) {
        throw new AttestationException(Reason.PROVIDER_FAILED, "fake", "a fault", "evidence");
      }
      return Evidence.of(name, reportData);
    }
  }

  private static Fake absent(String name) {
    return new Fake(name, new Probe.Absent("no " + name + " here"), false);
  }

  private static Fake present(String name, boolean fails) {
    return new Fake(name, new Probe.Present(Tee.TDX, "there"), fails);
  }

  @Test
  void theFirstThatIsPresentIsAsked() throws AttestationException {
    Providers providers =
        new Providers(List.of(absent("a"), present("b", false), present("c", false)));
    assertThat(providers.provide(DATA).format()).isEqualTo("b");
    assertThat(providers.probe())
        .extracting(Providers.Finding::isPresent)
        .containsExactly(false, true, true);
  }

  @Test
  void aFaultDoesNotTurnIntoOtherEvidence() {
    Providers providers = new Providers(List.of(present("a", true), present("b", false)));
    assertReason(providers, Reason.PROVIDER_FAILED, "a fault");
  }

  @Test
  void whereThereIsNoneEachSaysWhy() {
    Providers providers = new Providers(List.of(absent("a"), absent("b")));
    assertReason(providers, Reason.PROVIDER_ABSENT, "a: no a here; b: no b here");
  }

  private static void assertReason(Providers providers, Reason reason, String message) {
    assertThatThrownBy(() -> providers.provide(DATA))
        .isInstanceOf(AttestationException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((AttestationException) e).reason())
        .isEqualTo(reason);
  }

  @Test
  void shortFieldsCarryTheHash() {
    byte[] data = ReportData.ofNonce(new byte[] {1, 2});
    assertThat(ReportData.nonceIn("tdx-quote-v4", data)).isEqualTo("0102" + "00".repeat(62));
    assertThat(ReportData.nonceIn("tpm2-quote", data))
        .isEqualTo(HexFormat.of().formatHex(ReportData.shortened(data)))
        .hasSize(64);
    assertThatThrownBy(() -> ReportData.ofNonce(new byte[65]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonce: 65 bytes");
  }
}
