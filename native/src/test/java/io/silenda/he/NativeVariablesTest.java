package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.silenda.he.internal.LibraryNatives;
import org.junit.jupiter.api.Test;

class NativeVariablesTest {
  @Test
  void nativeCodeSeesItAndJavaDoesNot() {
    String name = "SILENDA_NATIVE_VARIABLES_TEST";
    NativeVariables.set(name, "one = 1");
    assertThat(System.getenv(name)).isNull();
    assertThat(LibraryNatives.variable(name)).isEqualTo("one = 1");
    NativeVariables.set(name, "two");
    assertThat(LibraryNatives.variable(name)).isEqualTo("two");
  }

  @Test
  void whatIsNoNameIsRefused() {
    for (String wrong : new String[] {"", "A=B"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NativeVariables.set(wrong, "1"))
          .withMessageContaining("name");
    }
  }
}
