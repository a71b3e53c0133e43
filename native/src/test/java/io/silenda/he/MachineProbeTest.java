package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That the probes measure something possible; how much is up to the machine. */
class MachineProbeTest {
  /** No core reads or multiplies faster than this for years to come. */
  private static final double IMPOSSIBLE = 1e13;

  @Test
  void readsMemory() {
    assertThat(MachineProbe.readBytesPerSecond(1 << 20, 3)).isBetween(1e6, IMPOSSIBLE);
  }

  @ParameterizedTest
  @MethodSource("io.silenda.he.NativeInfo#supportedKernels")
  void multipliesWithEveryKernelSet(String kernels) {
    assertThat(MachineProbe.multipliesPerSecond(kernels, 1)).isBetween(1e6, IMPOSSIBLE);
  }

  @Test
  void refusesUnknownKernelsAndEmptyMemory() {
    assertThatThrownBy(() -> MachineProbe.multipliesPerSecond("quantum", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quantum");
    assertThatThrownBy(() -> MachineProbe.readBytesPerSecond(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes is 0");
  }

  @ParameterizedTest
  @EnumSource(TransformProfile.Operation.class)
  void timesTransforms(TransformProfile.Operation operation) {
    try (TransformProfile profile = TransformProfile.create(1024, 40)) {
      assertThat(profile.sealNanos(operation, 2)).isPositive();
      assertThat(profile.ownNanos(operation, 2)).isPositive();
    }
  }

  @Test
  void refusesTransformsThatDoNotExist() {
    assertThatThrownBy(() -> TransformProfile.create(1000, 40))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
    assertThatThrownBy(() -> TransformProfile.create(512, 40))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TransformProfile.create(1024, 60))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(SealClientProfile.Operation.class)
  void timesSealsClient(SealClientProfile.Operation operation) {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        SealClientProfile profile =
            SealClientProfile.create(he.context, he.secretKey, new double[] {1}, 1, 0x1p30)) {
      assertThat(profile.nanos(operation, 2)).isPositive();
      he.secretKey.close();
      assertThatThrownBy(() -> profile.nanos(operation, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("SecretKey is closed");
    }
  }
}
