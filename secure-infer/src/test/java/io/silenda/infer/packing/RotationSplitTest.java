package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RotationSplitTest {
  @Test
  void everyRotationIsItsGiantPlusItsBaby() {
    TreeSet<Integer> rotations = new TreeSet<>(List.of(-29, -28, -1, 0, 3, 27, 55, 200));
    RotationSplit split = RotationSplit.cheapest(rotations, step -> 1);
    for (int rotation : rotations) {
      assertThat(split.giant(rotation) + split.baby(rotation)).isEqualTo(rotation);
      assertThat(split.babies()).contains(split.baby(rotation));
      assertThat(split.giants()).contains(split.giant(rotation));
    }
  }

  @Test
  void aFullSetOf128TakesAbout22Rotations() {
    TreeSet<Integer> rotations = new TreeSet<>();
    for (int i = 0; i < 128; i++) {
      rotations.add(i);
    }
    assertThat(RotationSplit.cheapest(rotations, step -> 1).cost(step -> 1))
        .isLessThanOrEqualTo(22);
  }

  @Test
  void stepsThatHaveAKeyArePreferred() {
    TreeSet<Integer> rotations = new TreeSet<>();
    for (int i = 0; i < 64; i++) {
      rotations.add(i);
    }
    RotationSplit split =
        RotationSplit.cheapest(rotations, step -> step < 4 || step % 4 == 0 ? 1 : 9);
    assertThat(split.stride()).isEqualTo(4);
  }
}
