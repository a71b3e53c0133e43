package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ObliviousTailTest {
  private static final Tensor OUTPUTS =
      Tensor.of(new int[] {2, 3}, new float[] {-1, 4, 2, 7, -8, 7});

  private static float[] apply(String tail) throws EnclaveException {
    return ObliviousTail.parse(tail).apply(OUTPUTS).values();
  }

  @Test
  void everyTailIsAppliedRowByRow() throws Exception {
    assertThat(apply("argmax")).containsExactly(1, 0);
    assertThat(apply("relu")).containsExactly(0, 4, 2, 7, 0, 7);
    assertThat(apply("top-2")).containsExactly(4, 2, 1, 2, 7, 7, 0, 2);
    assertThat(ObliviousTail.parse("top-2").apply(OUTPUTS).shape()).containsExactly(2, 4);
  }

  @Test
  void moreThanThereIsIsRefused() {
    assertThatThrownBy(() -> apply("top-4"))
        .isInstanceOfSatisfying(
            EnclaveException.class,
            e -> assertThat(e.reason()).isEqualTo(EnclaveException.Reason.UNSUPPORTED_MODEL));
  }

  @Test
  void namesAreReadAsTheyArePrinted() {
    for (String name : new String[] {"argmax", "relu", "top-1", "top-1000"}) {
      assertThat(ObliviousTail.parse(name)).hasToString(name);
    }
    for (String name : new String[] {"", "softmax", "top-", "top-0", "top--1", "top_k", "ARGMAX"}) {
      assertThatThrownBy(() -> ObliviousTail.parse(name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
