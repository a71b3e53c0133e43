package io.silenda.infer.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.cost.MachineCosts.RingCosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostFileTest {
  private static final MachineCosts MEASURED =
      new MachineCosts(
          "some processor, avx2",
          new TreeMap<>(Map.of(8192, new RingCosts(10.5, 2.25), 16384, new RingCosts(22, 4.125))));

  @TempDir private Path folder;

  @Test
  void whatIsStoredIsLoaded() throws Exception {
    Path file = folder.resolve("new/costs.txt");
    CostFile.store(file, MEASURED);
    assertThat(CostFile.load(file, MEASURED.machine())).isEqualTo(MEASURED);
    assertThat(CostFile.load(file, MEASURED.machine()).isMeasured()).isTrue();
  }

  @Test
  void timesOfAnotherMachineAreNotTaken() throws Exception {
    Path file = folder.resolve("costs.txt");
    CostFile.store(file, MEASURED);
    MachineCosts costs = CostFile.load(file, "another processor, avx2");
    assertThat(costs).isEqualTo(MachineCosts.builtIn());
    assertThat(costs.isMeasured()).isFalse();
  }

  @Test
  void aMissingFileMeansBuiltInTimes() {
    assertThat(CostFile.load(folder.resolve("none"), "any")).isEqualTo(MachineCosts.builtIn());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "silenda machine costs 2\nm\n8192 1 1\n",
        "silenda machine costs 1\nm\n",
        "silenda machine costs 1\nm\n8192 1\n",
        "silenda machine costs 1\nm\n8192 1 x\n",
        "silenda machine costs 1\nm\n8192 -1 1\n",
        "silenda machine costs 1\nm\n8192 NaN 1\n",
        "silenda machine costs 1\nm\n8192 1e12 1\n",
      })
  void aDamagedFileMeansBuiltInTimes(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("costs.txt"), content);
    assertThat(CostFile.load(file, "m")).isEqualTo(MachineCosts.builtIn());
  }

  @Test
  void aRingThatWasNotMeasuredTakesTheNearestInProportion() {
    assertThat(MEASURED.ring(16384)).isEqualTo(new RingCosts(22, 4.125));
    assertThat(MEASURED.ring(32768)).isEqualTo(new RingCosts(44, 8.25));
    assertThat(MEASURED.ring(4096)).isEqualTo(new RingCosts(5.25, 1.125));
  }
}
