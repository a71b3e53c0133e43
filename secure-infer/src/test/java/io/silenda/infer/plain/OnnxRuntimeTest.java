package io.silenda.infer.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.internal.LibraryNatives;
import org.junit.jupiter.api.Test;

class OnnxRuntimeTest {
  @Test
  void isOpenedOnceAndToldToGatherNothing() {
    assertThat(OnnxRuntime.environment()).isSameAs(OnnxRuntime.environment());
    assertThat(LibraryNatives.variable("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
  }
}
