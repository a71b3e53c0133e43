package io.silenda.infer.simulate;

import io.silenda.he.Polynomial;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
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

  private final StageGraph graph;
  private final List<Stage> stages;
  private final ScheduledProgram schedule;
  private final NoiseForecast noise;

  /**
   * @param graph what the program computes; one stage a step
   * @param forecast the noise that joins each tensor
   * @throws IllegalArgumentException if stages, steps and deviations differ in number
   */
  public SimulatedProgram(StageGraph graph, ScheduledProgram schedule, NoiseForecast forecast) {
    this.graph = graph;
    this.stages = graph.stages();
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

  /** What the noise that joins the result of a step makes of an answer. */
  public double answerError(int step) {
    return noise.answerError(step + 1);
  }

  /** Without noise: what approximation alone makes of one row. */
  public double[] exact(double[] row) {
    List<double[]> tensors = graph.evaluate(row);
    return tensors.get(tensors.size() - 1);
  }

  private int answerSize() {
    return ((Stage.Linear) stages.get(stages.size() - 1)).outputSize();
  }

  private static double[] sum(double[] answer, double[] shared) {
    for (int i = 0; i < answer.length; i++) {
      answer[i] += shared[i];
    }
    return answer;
  }

  private Block run(Block input, NoiseTable table, List<LayerTrace> traces) {
    addNoise(input, noise.deviations().get(0), table);
    double[] scales = schedule.tensorLog2Scales();
    List<Block> tensors = new ArrayList<>();
    tensors.add(input);
    for (int i = 0; i < stages.size(); i++) {
      List<Block> operands = graph.nodes().get(i).operands().stream().map(tensors::get).toList();
      Block result = apply(stages.get(i), operands);
      addNoise(result, noise.deviations().get(i + 1), table);
      traces.add(trace(i, scales[i + 1], operands.get(0), result));
      tensors.add(result);
    }
    return tensors.get(stages.size());
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

  private static Block apply(Stage stage, List<Block> operands) {
    if (stage instanceof Stage.Linear linear) {
      return affine(linear, operands);
    } else if (stage instanceof Stage.Elementwise elementwise) {
      return polynomial(elementwise.polynomial(), operands.get(0).copy());
    }
    Block product = operands.get(0).copy();
    for (int i = 0; i < product.size(); i++) {
      double[] factors = operands.get(1).element(i);
      double[] values = product.element(i);
      for (int row = 0; row < values.length; row++) {
        values[row] *= factors[row];
      }
    }
    return product;
  }

  private static Block polynomial(Polynomial polynomial, Block tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      double[] values = tensor.element(i);
      for (int row = 0; row < values.length; row++) {
        values[row] = polynomial.valueAt(values[row]);
      }
    }
    return tensor;
  }

  private static Block affine(Stage.Linear linear, List<Block> operands) {
    double[] bias = linear.bias();
    Block result = Block.zeros(bias.length, operands.get(0).rows());
    for (int i = 0; i < bias.length; i++) {
      Arrays.fill(result.element(i), bias[i]);
    }
    for (int k = 0; k < operands.size(); k++) {
      Block operand = operands.get(k);
      linear
          .matrices()
          .get(k)
          .forEach(
              (row, column, value) ->
                  addTimes(value, operand.element(column), result.element(row)));
    }
    return result;
  }

  private static void addTimes(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }
}
