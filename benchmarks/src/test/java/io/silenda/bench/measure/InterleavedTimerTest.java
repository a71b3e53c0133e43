package io.silenda.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With made-up durations: no clock is read. */
class InterleavedTimerTest {
  private static final Effort EFFORT = new Effort(60_000, 2, 6, 2, 1_000);

  private static InterleavedTimer timer(Timed baseline, Timed own) {
    return new InterleavedTimer(EFFORT, List.of(new InterleavedTimer.Pair(baseline, own)));
  }

  @Test
  void takesTurnsAndDividesByRepetitions() {
    List<String> calls = new ArrayList<>();
    Timed slow = repetitions -> note(calls, "baseline", repetitions, 1_000);
    Timed fast = repetitions -> note(calls, "own", repetitions, 100);
    InterleavedTimer timer = timer(slow, fast);
    timer.pass(0);
    assertThat(calls.subList(3, 7)).containsExactly("baseline 2", "own 11", "own 11", "baseline 2");
    calls.clear();
    timer.pass(1);
    assertThat(calls)
        .containsExactly("baseline 1", "own 1", "baseline 2", "own 11", "own 11", "baseline 2");
    Comparison comparison = timer.comparison();
    assertThat(comparison.baseline().nanos()).hasSize(4).containsOnly(1_000.0);
    assertThat(comparison.own().nanos()).hasSize(4).containsOnly(100.0);
    assertThat(comparison.blockRounds()).containsExactly(2, 2);
    assertThat(comparison.ratios().median()).isEqualTo(10);
  }

  @Test
  void slowOperationsHaveFewBlocksOfOneRoundFarApart() {
    List<String> calls = new ArrayList<>();
    Timed slow = repetitions -> note(calls, "either", repetitions, 100_000_000);
    InterleavedTimer timer = timer(slow, slow);
    List<Integer> callsOfPass = new ArrayList<>();
    for (int pass = 0; pass < EFFORT.mostBlocks(); pass++) {
      calls.clear();
      timer.pass(pass);
      callsOfPass.add(calls.size());
    }
    // Three calls to plan, and no warming up.
    assertThat(callsOfPass).containsExactly(5, 0, 0, 2, 0, 0);
    assertThat(timer.comparison().blockRounds()).containsExactly(1, 1);
  }

  @Test
  void blocksTakeTurnsOnCopies() {
    List<String> calls = new ArrayList<>();
    List<InterleavedTimer.Pair> copies = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      Timed timed = repetitions -> note(calls, name, repetitions, 1_000);
      copies.add(new InterleavedTimer.Pair(timed, timed));
    }
    InterleavedTimer timer = new InterleavedTimer(EFFORT, copies);
    timer.pass(0);
    assertThat(calls).allMatch(call -> call.startsWith("first"));
    calls.clear();
    timer.pass(1);
    assertThat(calls).isNotEmpty().allMatch(call -> call.startsWith("second"));
  }

  @Test
  void nothingWithoutABlockOrACopy() {
    InterleavedTimer timer = timer(n -> n, n -> n);
    assertThatIllegalArgumentException().isThrownBy(timer::comparison);
    assertThatIllegalArgumentException().isThrownBy(() -> new InterleavedTimer(EFFORT, List.of()));
  }

  private static long note(List<String> calls, String name, int repetitions, long nanos) {
    calls.add(name + " " + repetitions);
    return nanos * repetitions;
  }
}
