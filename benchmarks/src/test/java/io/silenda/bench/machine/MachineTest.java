package io.silenda.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.NativeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
  @ParameterizedTest
  @CsvSource({"32768K,33554432", "24604652 kB,25195163648", "8M,8388608", "512,512", "none,0"})
  void parsesSizes(String text, long bytes) {
    assertThat(Machine.parseSize(text)).isEqualTo(bytes);
  }

  @Test
  void describesThisMachine() {
    Machine machine = Machine.current();
    assertThat(machine.processors()).isPositive();
    assertThat(machine.kernels()).isEqualTo(NativeInfo.current().evaluatorKernel());
    assertThat(machine.assumedCacheBytes()).isPositive();
  }
}
