package io.silenda.infer.simulate;

import io.silenda.he.Polynomial;
import io.silenda.infer.packing.PackableChain;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.schedule.NoiseForecast;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The stages of a scheduled program, run in the clear on many rows at once, with the noise that the
 * noise model predicts for every step. Immutable and thread-safe.
 *
 * <p>A slot holds one element, so stages compute what the packed program does without its zeros and
 * copies.
 */
public final class SimulatedProgram {
  /** Rows that one block holds: enough for vector instructions, small enough for a cache. */
  private static final int BLOCK_ROWS = 32;

  /** The largest of a few normal numbers: what one key does to the worst of a few outputs. */
  private static final double SHARED_DEVIATIONS = 1.5;

  private final List<Stage> stages;
  private final ScheduledProgram schedule;
  private final NoiseForecast noise;

  /**
   * @param chain what the program computes; one stage a step
   * @param forecast the noise that joins each tensor
   * @throws IllegalArgumentException if stages, steps and deviations differ in number
   */
  public SimulatedProgram(PackableChain chain, ScheduledProgram schedule, NoiseForecast forecast) {
    this.stages = chain.stages();
    this.schedule = schedule;
    this.noise = forecast;
    if (stages.size() != schedule.program().steps().size()
        || forecast.deviations().size() != stages.size() + 1) {
      throw new IllegalArgumentException(
          stages.size() + " stages and " + forecast.deviations().size() + " deviations do not fit");
    }
  }

  /**
   * Answers and what each layer saw.
   *
   * @param answers one row of the core tensor for each row given
   * @param layers the layers in order
   */
  public record Result(List<double[]> answers, List<LayerTrace> layers) {
    /** Copies the lists. */
    public Result {
      answers = List.copyOf(answers);
      layers = List.copyOf(layers);
    }
  }

  /**
   * Runs rows through the network.
   *
   * @param rows flattened rows of the model's input, at least one
   * @param seed of the noise; the same seed gives the same answers
   */
  public Result run(List<double[]> rows, long seed) {
    NoiseTable table = new NoiseTable(seed);
    double[] shared = table.shared(answerSize(), SHARED_DEVIATIONS * noise.sharedDeviation());
    List<double[]> answers = new ArrayList<>();
    List<LayerTrace> layers = List.of();
    for (int first = 0; first < rows.size(); first += BLOCK_ROWS) {
      List<double[]> part = rows.subList(first, Math.min(rows.size(), first + BLOCK_ROWS));
      List<LayerTrace> traces = new ArrayList<>();
      Block answer = run(Block.of(part), table, traces);
      for (int row = 0; row < part.size(); row++) {
        answers.add(sum(answer.row(row), shared));
      }
      layers = layers.isEmpty() ? traces : merged(layers, traces);
    }
    return new Result(answers, layers);
  }

  private static List<LayerTrace> merged(List<LayerTrace> traces, List<LayerTrace> more) {
    List<LayerTrace> merged = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      merged.add(traces.get(i).merge(more.get(i)));
    }
    return merged;
  }

  /** Without noise: what approximation alone makes of one row. */
  public double[] exact(double[] row) {
    Block tensor = Block.of(List.of(row));
    for (Stage stage : stages) {
      tensor = apply(stage, tensor);
    }
    return tensor.row(0);
  }

  private int answerSize() {
    return ((Stage.Linear) stages.get(stages.size() - 1)).map().outputSize();
  }

  private static double[] sum(double[] answer, double[] shared) {
    for (int i = 0; i < answer.length; i++) {
      answer[i] += shared[i];
    }
    return answer;
  }

  private Block run(Block input, NoiseTable table, List<LayerTrace> traces) {
    Block tensor = input;
    addNoise(tensor, noise.deviations().get(0), table);
    double scale = schedule.inputLog2Scale();
    for (int i = 0; i < stages.size(); i++) {
      Block next = apply(stages.get(i), tensor);
      addNoise(next, noise.deviations().get(i + 1), table);
      scale = schedule.log2ScaleAfter(i, scale);
      traces.add(trace(i, scale, tensor, next));
      tensor = next;
    }
    return tensor;
  }

  private static void addNoise(Block tensor, double deviation, NoiseTable table) {
    for (int i = 0; i < tensor.size(); i++) {
      table.addTo(tensor.element(i), deviation);
    }
  }

  private LayerTrace trace(int index, double scale, Block operand, Block result) {
    Stage stage = stages.get(index);
    boolean onInterval =
        stage instanceof Stage.Elementwise elementwise
            && elementwise.polynomial().basis() == Polynomial.Basis.CHEBYSHEV;
    return new LayerTrace(
        stage.name(),
        schedule.level(index),
        scale,
        result.maxAbs(),
        headroomBits(index, scale, magnitude(index, result)),
        noise.deviations().get(index + 1),
        onInterval ? operand.maxAbs() : 0,
        onInterval ? outside(operand) : 0);
  }

  /** What must fit the modulus: slots on the way, only the coefficients of an answer. */
  private double magnitude(int index, Block result) {
    if (schedule.rescales(index)) {
      return result.maxAbs();
    }
    double slots = schedule.program().slotCount();
    return result.maxRowSum() * schedule.program().batch() / slots;
  }

  private double headroomBits(int index, double log2Scale, double magnitude) {
    int level = schedule.level(index);
    int left = schedule.rescales(index) ? level - stages.get(index).depth() : level;
    int bits = -1;
    for (int prime : schedule.parameters().dataPrimeBits().subList(0, left + 1)) {
      bits += prime;
    }
    return bits - log2Scale - Math.log(Math.max(magnitude, Double.MIN_NORMAL)) / Math.log(2);
  }

  private static long outside(Block operand) {
    long count = 0;
    for (int i = 0; i < operand.size(); i++) {
      for (double value : operand.element(i)) {
        count += Math.abs(value) > 1 ? 1 : 0;
      }
    }
    return count;
  }

  private static Block apply(Stage stage, Block operand) {
    if (stage instanceof Stage.Linear linear) {
      return affine(linear, operand);
    }
    Polynomial polynomial = ((Stage.Elementwise) stage).polynomial();
    Block result = operand.copy();
    for (int i = 0; i < result.size(); i++) {
      double[] values = result.element(i);
      for (int row = 0; row < values.length; row++) {
        values[row] = polynomial.valueAt(values[row]);
      }
    }
    return result;
  }

  private static Block affine(Stage.Linear linear, Block operand) {
    double[] bias = linear.map().bias();
    Block result = Block.zeros(bias.length, operand.rows());
    for (int i = 0; i < bias.length; i++) {
      Arrays.fill(result.element(i), bias[i]);
    }
    linear
        .map()
        .matrix()
        .forEach(
            (row, column, value) -> addTimes(value, operand.element(column), result.element(row)));
    return result;
  }

  private static void addTimes(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }
}
