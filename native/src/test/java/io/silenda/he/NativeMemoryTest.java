package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.he.Polynomial.Basis;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void everythingClosedGivesBackEveryByte() {
    long before = NativeMemory.allocatedBytes();
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192);
        PublicKey publicKey = he.keyGenerator.publicKey(he.secretKey);
        EvaluationKeys keys = he.keys(4, Map.of(1, 4));
        Ciphertext a = he.encrypt(new double[] {1}, 4, 0x1p32);
        Ciphertext rotated = he.evaluator.rotate(a, 1, keys);
        LinearTransform transform =
            LinearTransform.builder(he.context, 4, 0x1p32, 0x1p24)
                .diagonal(0, 1, new double[] {1})
                .build();
        Ciphertext applied = he.evaluator.apply(transform, a, keys)) {
      long held =
          8L * 6 * he.context.parameters().polyModulusDegree()
              + publicKey.nativeBytes()
              + keys.nativeBytes()
              + a.nativeBytes()
              + rotated.nativeBytes()
              + transform.nativeBytes()
              + applied.nativeBytes();
      assertThat(NativeMemory.allocatedBytes() - before).isEqualTo(held);
    }
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
  }

  @Test
  void failedOperationsLeaveNothingBehind() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192);
        EvaluationKeys keys = he.keys(4, Map.of());
        Ciphertext a = he.encrypt(new double[] {1}, 0, 0x1p32)) {
      long before = NativeMemory.allocatedBytes();
      assertThatThrownBy(() -> he.evaluator.rescale(a))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  he.evaluator.evaluate(
                      new Polynomial(Basis.MONOMIAL, new double[] {0, 0, 1}), a, keys, 0x1p30))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
    }
  }
}
