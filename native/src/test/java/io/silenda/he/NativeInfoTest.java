package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeInfoTest {
  @Test
  void describesTheLoadedLibrary() {
    NativeInfo info = NativeInfo.current();
    assertThat(info.libraryVersion()).matches(".+\\+[0-9a-f]{16}");
    assertThat(info.sealVersion()).startsWith("4.");
    assertThat(info.sealSource()).matches("(bundled|system) 4\\..*").endsWith(info.sealVersion());
    assertThat(info.compiler()).matches("(gcc|clang) \\d+.*");
    assertThat(info.evaluatorKernel()).isIn("avx512ifma", "avx2", "portable");
    assertThat(info.cpuFeatures())
        .isSubsetOf("avx2", "fma", "bmi2", "avx512f", "avx512dq", "avx512ifma");
    assertThat(info.warnings()).isEqualTo(NativeInfo.warnings(info.sealVersion()));
  }

  @Test
  void thePropertyForcesKernels() {
    String before = System.getProperty("silenda.kernels", "");
    try {
      for (String kernels : NativeInfo.supportedKernels()) {
        System.setProperty("silenda.kernels", kernels);
        assertThat(NativeInfo.current().evaluatorKernel()).isEqualTo(kernels);
        CkksContext.create(HeFixture.DEGREE_4096).close();
      }
      System.setProperty("silenda.kernels", "abacus");
      assertThatThrownBy(NativeInfo::current)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'abacus'")
          .hasMessageEndingWith("it runs " + String.join(", ", NativeInfo.supportedKernels()));
      assertThatThrownBy(() -> CkksContext.create(HeFixture.DEGREE_4096))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'abacus'");
    } finally {
      if (before.isEmpty()) {
        System.clearProperty("silenda.kernels");
      } else {
        System.setProperty("silenda.kernels", before);
      }
    }
  }

  @Test
  void theFastestKernelsAreTheDefaultAndPortableOnesAlwaysThere() {
    assertThat(NativeInfo.supportedKernels()).endsWith("portable");
    if (System.getProperty("silenda.kernels", "").isEmpty()) {
      assertThat(NativeInfo.current().evaluatorKernel())
          .isEqualTo(NativeInfo.supportedKernels().get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.1.2", "4.4.2", "4.3", "4"})
  void warnsOfAnOldSeal(String version) {
    assertThat(NativeInfo.warnings(version))
        .singleElement()
        .asString()
        .contains("SEAL " + version + " is older than 4.4.3")
        .contains("untrusted bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.4.3", "4.4.10", "4.5.0", "5.0.0"})
  void isSilentOnANewSeal(String version) {
    assertThat(NativeInfo.warnings(version)).isEmpty();
  }

  @Test
  void copiesItsLists() {
    List<String> features = new ArrayList<>(List.of("avx2"));
    NativeInfo info = new NativeInfo("1", "4.4.3", "system", "gcc", features, "avx2", List.of());
    features.clear();
    assertThat(info.cpuFeatures()).containsExactly("avx2");
    assertThatThrownBy(() -> info.warnings().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
