package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvaluationKeyPlanTest {
  @Test
  void copiesItsMap() {
    SortedMap<Integer, Integer> levels = new TreeMap<>(Map.of(1, 2));
    EvaluationKeyPlan plan = new EvaluationKeyPlan(-1, levels);
    levels.put(5, 1);
    assertThat(plan.rotationLevels()).containsExactly(Map.entry(1, 2));
    assertThatThrownBy(() -> plan.rotationLevels().put(5, 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesNegativeLevels() {
    assertThatThrownBy(() -> new EvaluationKeyPlan(-2, new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-2");
    assertThatThrownBy(() -> new EvaluationKeyPlan(-1, new TreeMap<>(Map.of(3, -1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step 3");
  }

  @Test
  void normalizesStepsAndKeepsTheHighestLevel() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_4096)) {
      EvaluationKeyPlan plan =
          new EvaluationKeyPlan(1, new TreeMap<>(Map.of(-1, 0, 2047, 1, 0, 1, 4, 0)));
      assertThat(plan.normalizedFor(context).rotationLevels())
          .containsExactly(Map.entry(4, 0), Map.entry(2047, 1));
    }
  }

  @Test
  void refusesWhatTheContextLacks() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_4096)) {
      assertThatThrownBy(() -> new EvaluationKeyPlan(2, new TreeMap<>()).normalizedFor(context))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("level 2")
          .hasMessageContaining("0..1");
      assertThatThrownBy(
              () -> new EvaluationKeyPlan(1, new TreeMap<>(Map.of(2048, 1))).normalizedFor(context))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2048");
    }
  }
}
