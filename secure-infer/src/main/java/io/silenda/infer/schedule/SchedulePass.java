package io.silenda.infer.schedule;

import io.silenda.he.CkksParameters;
import io.silenda.he.SecurityTable;
import io.silenda.infer.packing.Answers;
import io.silenda.infer.packing.PackPass;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.packing.StageGraph;
import io.silenda.infer.schedule.ScaleSearch.StepScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Chooses the smallest ring, then the primes and scales, that answer within the error asked for at
 * 128-bit security.
 */
public final class SchedulePass {

  /** The largest ring. */
  static final int LARGEST_DEGREE = 65536;

  private static final List<Integer> DEGREES = List.of(4096, 8192, 16384, 32768, LARGEST_DEGREE);

  /** SEAL 4.0.0 stops at 64 primes, one of which is the special prime. */
  static final int MAX_DATA_PRIMES = 63;

  /** No machine that this is meant for has more for one model's keys. */
  private static final long MAX_KEY_BYTES = 64L << 30;

  /** Four standard deviations: exceeded by about one value in 16,000. */
  static final double DEVIATIONS = 4;

  private static final double FREE = 1.0;

  private static final double DEFAULT_RELATIVE_ERROR = 0x1p-11;

  /** What is accepted where no parameters reach the default. */
  private static final double RELAXED_RELATIVE_ERROR = 0x1p-8;

  private final StageGraph graph;
  private final Sensitivity sensitivity;
  private final double headroom;
  private final double maxError;
  private final boolean isBounded;
  private final Optional<Flooding> flooding;
  private final Shortfall shortfall = new Shortfall();

  /**
   * @param sampleRows rows on which magnitudes and error gains are observed
   * @param headroom factor by which answers may outgrow those of the sample rows
   * @param maxError largest predicted error to accept; where empty, 2⁻¹¹ of the largest answer seen
   */
  public SchedulePass(
      StageGraph graph, List<double[]> sampleRows, double headroom, OptionalDouble maxError) {
    this(graph, sampleRows, headroom, maxError, Optional.empty());
  }

  /**
   * @param flooding noise in the answers that parameters leave room for
   */
  public SchedulePass(
      StageGraph graph,
      List<double[]> sampleRows,
      double headroom,
      OptionalDouble maxError,
      Optional<Flooding> flooding) {
    this.flooding = flooding;
    this.graph = graph;
    this.sensitivity = Sensitivity.observe(graph, sampleRows);
    this.headroom = headroom;
    this.isBounded = maxError.isPresent();
    this.maxError = maxError.orElse(DEFAULT_RELATIVE_ERROR * answerRange());
  }

  private SchedulePass(SchedulePass other, double maxError, Optional<Flooding> flooding) {
    this.graph = other.graph;
    this.sensitivity = other.sensitivity;
    this.headroom = other.headroom;
    this.isBounded = other.isBounded;
    this.flooding = flooding;
    this.maxError = maxError;
  }

  /** The same for eight times the default error: where an error was asked for, it stays that. */
  public SchedulePass relaxed() {
    return isBounded
        ? this
        : new SchedulePass(this, RELAXED_RELATIVE_ERROR * answerRange(), flooding);
  }

  /**
   * Schedules for a batch.
   *
   * @param batch rows that one ciphertext holds, a power of two
   * @return empty where no degree up to 65536 holds the graph within the error
   */
  public Optional<ScheduledProgram> run(int batch) {
    return run(batch, DEGREES);
  }

  private Optional<ScheduledProgram> run(int batch, List<Integer> degrees) {
    for (int degree : degrees) {
      if (hasLevels(degree) && PackPass.fits(graph, degree / 2, batch)) {
        Optional<ScheduledProgram> scheduled =
            packed(degree / 2, batch).flatMap(this::scheduled).findFirst();
        if (scheduled.isPresent() || hasLargestPrimes(degree)) {
          return scheduled;
        }
      }
    }
    return Optional.empty();
  }

  /** Where all primes may have their largest size, a larger ring adds noise and no bits. */
  private boolean hasLargestPrimes(int degree) {
    int answer = AnswerPrimes.most(flooding, isBounded, degree, maxError);
    return (graph.levels().depth() + answer + 2) * ScaleSearch.MAX_PRIME_BITS
        <= SecurityTable.maxModulusBits(degree);
  }

  /** Whether there are as many primes as levels; what they are good for shows later. */
  private boolean hasLevels(int degree) {
    int depth = graph.levels().depth();
    return depth + 1 <= MAX_DATA_PRIMES
        && (depth + 2) * minPrimeBits(degree) <= SecurityTable.maxModulusBits(degree);
  }

  /** As {@link #run(int)}, in the ring of one degree only. */
  public Optional<ScheduledProgram> runIn(int degree, int batch) {
    return run(batch, List.of(degree));
  }

  /** As {@link #runWithFreeBatch()}, in the ring of one degree only. */
  public Optional<ScheduledProgram> runWithFreeBatchIn(int degree) {
    return runIn(degree, 1).map(this::withFreeBatch);
  }

  /**
   * Schedules with as many rows a ciphertext as take no more operations than a single row: those
   * are free.
   *
   * @return empty where not even one row fits
   */
  public Optional<ScheduledProgram> runWithFreeBatch() {
    return run(1).map(this::withFreeBatch);
  }

  private ScheduledProgram withFreeBatch(ScheduledProgram single) {
    int slotCount = single.program().slotCount();
    if (Arrays.stream(single.program().blocks()).anyMatch(blocks -> blocks > 1)) {
      return single; // One row fills more than a ciphertext somewhere: no second one is free.
    }
    double allowed = FREE * operations(single.program());
    for (int batch = slotCount; batch > 1; batch /= 2) {
      Optional<ScheduledProgram> batched =
          packed(slotCount, batch)
              .filter(program -> operations(program) <= allowed)
              .flatMap(this::scheduled)
              .findFirst();
      if (batched.isPresent()) {
        return batched.get();
      }
    }
    return single;
  }

  /** The stages that this pass schedules, one a step. */
  public StageGraph stages() {
    return graph;
  }

  /** The noise of a program that this pass scheduled. */
  public NoiseForecast forecast(ScheduledProgram scheduled) {
    List<Integer> bits = scheduled.parameters().dataPrimeBits();
    int[] rescales = new int[bits.size() - 1];
    Arrays.setAll(rescales, i -> bits.get(bits.size() - 1 - i));
    ScaleChoice choice =
        new ScaleChoice(
            bits.get(0),
            scheduled.parameters().specialPrimeBits().get(0),
            rescales,
            scheduled.inputLog2Scale(),
            scheduled.stepLog2Scales().stream().mapToDouble(scale -> scale).toArray());
    return new NoiseModel(scheduled.program(), sensitivity, headroom, flooding)
        .forecast(choice, graph.sizes());
  }

  /**
   * Packed programs, the fastest first, each packed when it is asked for. A single layer is most of
   * its network's time: copies of the answer save it rotations, and cost it a part of its scale.
   * Deeper networks need that scale, and their last layer is cheap.
   */
  private Stream<PackedProgram> packed(int slotCount, int batch) {
    List<Answers> candidates =
        graph.levels().depth() == 0
            ? List.of(Answers.REPEATED, Answers.ONCE)
            : List.of(Answers.ONCE);
    return candidates.stream()
        .flatMap(answers -> PackPass.run(graph, slotCount, batch, answers).stream());
  }

  private Stream<ScheduledProgram> scheduled(PackedProgram program) {
    return schedule(program).stream();
  }

  /** Rotations, with a diagonal as a twentieth of one. */
  private static double operations(PackedProgram program) {
    double operations = 0;
    for (PackedStep step : program.steps()) {
      if (step instanceof PackedLinear linear) {
        operations += linear.rotationCount() + linear.foldCount();
        operations += linear.diagonalCount() / 20.0;
      }
    }
    return operations;
  }

  /** Why {@link #run} has no result for a single row, and what would help, in one line. */
  public String refusal() {
    return flooding.isPresent()
            && new SchedulePass(this, maxError, Optional.empty()).run(1).isPresent()
        ? shortfall.reason(flooding.get(), maxError)
        : Refusal.reason(graph, answerRange(), maxError);
  }

  /** Largest magnitude of an answer on the sample rows. */
  public double answerRange() {
    return sensitivity.maxAbs()[graph.nodes().size()];
  }

  /** With as few primes for the answer as it takes. */
  private Optional<ScheduledProgram> schedule(PackedProgram program) {
    int degree = 2 * program.slotCount();
    NoiseModel model = new NoiseModel(program, sensitivity, headroom, flooding);
    return AnswerPrimes.counts(flooding, isBounded, degree, maxError)
        .filter(more -> program.levels().depth() + more < MAX_DATA_PRIMES)
        .mapToObj(more -> choice(program, model, program.levels().depth() + more))
        .flatMap(Optional::stream)
        .filter(choice -> isAccurate(model, choice))
        .map(choice -> scheduled(program, choice, model))
        .filter(scheduled -> NativeBytes.ofKeys(scheduled) <= MAX_KEY_BYTES)
        .findFirst();
  }

  private static Optional<ScaleChoice> choice(PackedProgram program, NoiseModel model, int primes) {
    int degree = 2 * program.slotCount();
    List<StepScale> scales = program.steps().stream().map(NoiseModel::scaleOf).toList();
    return new ScaleSearch(
            model, scales, primes, SecurityTable.maxModulusBits(degree), minPrimeBits(degree))
        .run();
  }

  /** A bound that was asked for holds in the worst slot; the default one is met on average. */
  private boolean isAccurate(NoiseModel model, ScaleChoice choice) {
    Assessment assessment = model.assess(choice);
    double error = DEVIATIONS * (isBounded ? assessment.worstFlooded() : assessment.flooded());
    shortfall.note(error);
    return error <= maxError;
  }

  /** Primes are 1 modulo 2N; eight bits above that leave a few dozen to choose from. */
  private static int minPrimeBits(int degree) {
    return Integer.numberOfTrailingZeros(2 * degree) + 8;
  }

  private ScheduledProgram scheduled(PackedProgram program, ScaleChoice choice, NoiseModel model) {
    List<Integer> bits = new ArrayList<>();
    bits.add(choice.firstPrime());
    for (int i = choice.rescalePrimes().length - 1; i >= 0; i--) {
      bits.add(choice.rescalePrimes()[i]);
    }
    Assessment assessment = model.assess(choice);
    return new ScheduledProgram(
        program,
        CkksParameters.of(2 * program.slotCount(), bits, choice.specialPrime()),
        choice.inputScale(),
        Arrays.stream(choice.stepScales()).boxed().toList(),
        DEVIATIONS * assessment.worstFlooded(),
        flooding.map(asked -> new FloodPlan(asked, assessment.ownDeviation())));
  }
}
