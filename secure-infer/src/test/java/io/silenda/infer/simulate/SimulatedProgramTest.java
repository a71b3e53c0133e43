package io.silenda.infer.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.TestModels;
import io.silenda.infer.packing.Lowering;
import io.silenda.infer.packing.StageGraph;
import io.silenda.infer.schedule.NoiseForecast;
import io.silenda.infer.schedule.SchedulePass;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatedProgramTest {
  private static final long SEED = 11;

  private static Graph graph;
  private static StageGraph chain;
  private static ScheduledProgram scheduled;
  private static NoiseForecast forecast;
  private static List<double[]> rows;

  @BeforeAll
  static void compile() throws Exception {
    graph = OnnxImporter.read(TestModels.model("cryptonets_square"));
    chain = Lowering.run(graph);
    rows = new ArrayList<>();
    for (int row = 0; row < 50; row++) {
      rows.add(TestModels.row(TestModels.digits(), row));
    }
    SchedulePass pass = new SchedulePass(chain, rows, 4, OptionalDouble.empty());
    scheduled = pass.run(1).orElseThrow();
    forecast = pass.forecast(scheduled);
  }

  private static SimulatedProgram program(double factor) {
    return new SimulatedProgram(chain, scheduled, forecast.scaled(factor));
  }

  private static double largestError(SimulatedProgram.Result result) {
    GraphInterpreter exact = new GraphInterpreter(graph);
    double largest = 0;
    for (int row = 0; row < rows.size(); row++) {
      double[] expected = exact.evaluate(rows.get(row));
      for (int i = 0; i < expected.length; i++) {
        double error = Math.abs(result.answers().get(row)[i] - expected[i]);
        largest = Math.max(largest, error);
      }
    }
    return largest;
  }

  @Test
  void isTheNetworkWhereThereIsNoNoise() {
    assertThat(largestError(program(0).run(rows, SEED))).isCloseTo(0, within(1e-9));
    assertThat(program(1).exact(rows.get(0)))
        .containsExactly(new GraphInterpreter(graph).evaluate(rows.get(0)), within(1e-9));
  }

  /** 500 answers: the largest of them lies between 2 and 5 deviations but once in a thousand. */
  @Test
  void errsByThePredictedNoise() {
    double deviation = scheduled.predictedMaxError() / 4;
    double error = largestError(program(1).run(rows, SEED));
    assertThat(error).as("seed %d", SEED).isBetween(deviation, 5 * deviation);
    assertThat(largestError(program(10).run(rows, SEED))).isGreaterThan(5 * error);
  }

  @Test
  void repeatsItselfWithTheSameSeed() {
    SimulatedProgram program = program(1);
    double[] first = program.run(rows, SEED).answers().get(33);
    assertThat(program.run(rows, SEED).answers().get(33)).containsExactly(first);
    assertThat(program.run(rows, SEED + 1).answers().get(33)).isNotEqualTo(first);
  }

  @Test
  void keepsBooksOfLevelsAndMagnitudes() {
    List<LayerTrace> layers = program(1).run(rows, SEED).layers();
    assertThat(layers).hasSameSizeAs(scheduled.program().steps());
    for (int i = 0; i < layers.size(); i++) {
      assertThat(layers.get(i).level()).isEqualTo(scheduled.level(i));
      assertThat(layers.get(i).headroomBits()).isPositive();
      assertThat(layers.get(i).noiseDeviation()).isPositive();
    }
    assertThat(layers.get(layers.size() - 1).log2Scale()).isEqualTo(scheduled.answerLog2Scale());
  }

  @Test
  void refusesNoiseForAnotherProgram() {
    assertThatThrownBy(
            () ->
                new SimulatedProgram(
                    chain,
                    scheduled,
                    new NoiseForecast(List.of(1.0, 1.0), List.of(1.0, 1.0), 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 deviations");
  }
}
