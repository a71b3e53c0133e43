package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepCostsTest {
  private static final StepCosts COSTS = new StepCosts(3, 1, Set.of());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 9})
  void babyStepsAreCheaperThanGiantSteps(int dataPrimes) {
    RotationSplit.Prices prices = new StepCosts(dataPrimes, 1, Set.of()).rotations(1, 1);
    assertThat(prices.baby().applyAsDouble(1)).isLessThan(prices.giant().applyAsDouble(1));
  }

  @Test
  void aSplitHasMoreBabyThanGiantSteps() {
    TreeSet<Integer> rotations =
        IntStream.range(0, 128).boxed().collect(Collectors.toCollection(TreeSet::new));
    RotationSplit split = RotationSplit.cheapest(rotations, COSTS.rotations(1, 1));
    assertThat(split.babies()).hasSizeGreaterThan(split.giants().size());
  }

  @Test
  void aKeyThatIsThereAlreadyCostsNothing() {
    StepCosts planned = new StepCosts(3, 2, Set.of(10));
    assertThat(planned.rotations(1, 1).baby().applyAsDouble(5))
        .isLessThan(COSTS.rotations(1, 1).baby().applyAsDouble(5));
    assertThat(planned.fold(5, 1)).isLessThan(planned.fold(6, 1));
  }

  @Test
  void babyStepsAreTakenOncePerInputAndGiantStepsOncePerPair() {
    RotationSplit.Prices one = COSTS.rotations(1, 1);
    RotationSplit.Prices several = COSTS.rotations(1, 4);
    assertThat(several.baby().applyAsDouble(1)).isEqualTo(one.baby().applyAsDouble(1));
    assertThat(several.giant().applyAsDouble(1)).isGreaterThan(3 * one.giant().applyAsDouble(1));
  }
}
