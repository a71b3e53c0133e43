package io.silenda.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With made-up durations: no clock is read. */
class InterleavedTimerTest {
  private static final Effort EFFORT = new Effort(100_000, 3, 10, 1_000);

  @Test
  void takesTurnsAndDividesByRepetitions() {
    List<String> calls = new ArrayList<>();
    Timed slow = repetitions -> note(calls, "baseline", repetitions, 2_000);
    Timed fast = repetitions -> note(calls, "own", repetitions, 100);
    Comparison comparison = new InterleavedTimer(EFFORT).compare(slow, fast);
    assertThat(comparison.baseline().nanos()).hasSize(10).containsOnly(2_000.0);
    assertThat(comparison.own().nanos()).hasSize(10).containsOnly(100.0);
    assertThat(comparison.ratios().median()).isEqualTo(20);
    assertThat(calls.subList(3, 7)).containsExactly("baseline 1", "own 11", "own 11", "baseline 1");
  }

  @Test
  void slowOperationsGetTheFewestRounds() {
    Timed slow = repetitions -> 1_000_000L * repetitions;
    assertThat(new InterleavedTimer(EFFORT).compare(slow, slow).own().nanos()).hasSize(3);
  }

  private static long note(List<String> calls, String name, int repetitions, long nanos) {
    calls.add(name + " " + repetitions);
    return nanos * repetitions;
  }
}
