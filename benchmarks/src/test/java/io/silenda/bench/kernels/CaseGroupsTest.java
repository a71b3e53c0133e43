package io.silenda.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.bench.measure.Resources;
import io.silenda.he.NativeInfo;
import io.silenda.he.NativeMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each group checks its results itself, runs both sides, and leaves nothing behind. */
class CaseGroupsTest {
  private static final String KERNELS = NativeInfo.current().evaluatorKernel();
  private static final Path NETWORKS = Path.of("../demo");

  static Stream<CaseGroup> groups() {
    return Stream.of(
        new TransformGroup(KERNELS, 1024, 40),
        new CiphertextGroup(KERNELS, Preset.N8192_L5, 1 << 20, true),
        new MatrixVectorGroup(KERNELS),
        new ChebyshevGroup(),
        new ClientGroup(KERNELS, Preset.N8192_L5),
        new NetworkGroup(NETWORKS, Network.patients("logreg_breast_cancer")));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void bothSidesRun(CaseGroup group) throws Exception {
    long before = NativeMemory.allocatedBytes();
    try (Resources resources = new Resources()) {
      List<KernelCase> cases = group.open(resources);
      assertThat(cases).isNotEmpty();
      for (KernelCase each : cases) {
        assertThat(each.baseline().nanos(1)).as(each.operation()).isPositive();
        assertThat(each.own().nanos(1)).as(each.operation()).isPositive();
        each.work().ifPresent(work -> assertThat(work.bytes()).isNotNegative());
      }
    }
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
  }
}
