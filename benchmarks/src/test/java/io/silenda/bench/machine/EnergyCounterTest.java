package io.silenda.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyCounterTest {
  @TempDir Path folder;

  private void zone(int number, long microjoules) throws IOException {
    Path zone = Files.createDirectories(folder.resolve("intel-rapl:" + number));
    Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "1000000\n");
  }

  @Test
  void addsPackagesAndCountsOnWhereOneStartsAnew() throws IOException {
    zone(0, 100_000);
    zone(1, 900_000);
    EnergyCounter counter = EnergyCounter.under(folder);
    double[] before = counter.state();
    zone(0, 300_000);
    zone(1, 100_000);
    assertThat(counter.isReadable()).isTrue();
    assertThat(counter.joulesSince(before)).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void isNotReadableWithoutZones() throws IOException {
    assertThat(EnergyCounter.under(folder).isReadable()).isFalse();
    assertThat(EnergyCounter.under(folder.resolve("none")).isReadable()).isFalse();
    zone(0, 1);
    Files.writeString(folder.resolve("intel-rapl:0/energy_uj"), "no number");
    assertThat(EnergyCounter.under(folder).isReadable()).isFalse();
  }
}
