package io.silenda.attest.provider.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.Providers;
import io.silenda.attest.provider.ReportData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineProvidersTest {
  @TempDir Path root;

  @Test
  void anEmptyMachineHasNoneAndSaysWhyOfEach() {
    Providers providers = MachineProviders.under(root);
    assertThat(providers.probe())
        .allSatisfy(finding -> assertThat(finding.probe()).isInstanceOf(Probe.Absent.class))
        .extracting(finding -> finding.provider().name())
        .containsExactly("tsm", "gramine", "nitro", "tpm");
    assertThatThrownBy(() -> providers.provide(new byte[ReportData.BYTES]))
        .isInstanceOf(AttestationException.class)
        .hasMessageContainingAll(
            "tsm: no directory", "gramine: no directory", "nitro: no device", "tpm: no device");
  }

  @Test
  void technologiesAreLookedForInTheTree() throws IOException {
    Path gramine = Files.createDirectories(root.resolve("dev/attestation"));
    Files.writeString(gramine.resolve("attestation_type"), "dcap");
    assertThat(MachineProviders.under(root).probe())
        .extracting(Providers.Finding::isPresent)
        .containsExactly(false, true, false, false);
  }
}
