package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RotationSplitTest {
  private static final RotationSplit.Prices ONES = prices(step -> 1);

  private static RotationSplit.Prices prices(IntToDoubleFunction price) {
    return new RotationSplit.Prices(price, price);
  }

  @Test
  void everyRotationIsItsGiantPlusItsBaby() {
    TreeSet<Integer> rotations = new TreeSet<>(List.of(-29, -28, -1, 0, 3, 27, 55, 200));
    RotationSplit split = RotationSplit.cheapest(rotations, ONES);
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
    assertThat(RotationSplit.cheapest(rotations, ONES).cost(ONES)).isLessThanOrEqualTo(22);
  }

  @Test
  void stepsThatHaveAKeyArePreferred() {
    TreeSet<Integer> rotations = new TreeSet<>();
    for (int i = 0; i < 64; i++) {
      rotations.add(i);
    }
    RotationSplit split =
        RotationSplit.cheapest(rotations, prices(step -> step < 4 || step % 4 == 0 ? 1 : 9));
    assertThat(split.stride()).isEqualTo(4);
  }
}
