package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LevelPlanTest {
  @Test
  void aShortBranchWaitsForTheLongOne() {
    // 1 = f(0); 2 = g(1), three levels; 3 = h(1), one level; 4 = 2 and 3 together.
    LevelPlan plan =
        LevelPlan.of(
            List.of(List.of(0), List.of(1), List.of(1), List.of(2, 3)), List.of(1, 3, 1, 1));
    assertThat(plan.depth()).isEqualTo(4);
    assertThat(plan.starts()).containsExactly(0, 1, 3, 4);
  }

  @Test
  void aResultThatNobodyTakesIsRefused() {
    assertThatThrownBy(
            () -> LevelPlan.of(List.of(List.of(0), List.of(0), List.of(2)), List.of(1, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the result of step 0 is not used");
  }
}
