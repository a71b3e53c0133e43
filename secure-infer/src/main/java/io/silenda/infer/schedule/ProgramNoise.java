package io.silenda.infer.schedule;

import io.silenda.infer.packing.PackedProgram;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What of a program its noise depends on, whatever primes and scales are chosen.
 *
 * @param rescales levels that all steps before the last one take
 * @param flooding noise that the server adds to an answer
 * @param log2AnswerCoefficient log2 of the largest coefficient of an answer at scale 1
 * @param digitPeak how much more of a key switch's error the worst slot of an answer gets
 */
record ProgramNoise(
    RingNoise ring,
    int rescales,
    Optional<Flooding> flooding,
    List<StepNoise> steps,
    Sensitivity sensitivity,
    double log2AnswerCoefficient,
    double digitPeak) {

  /**
   * Counts all that does not change.
   *
   * @param headroom factor by which an answer may outgrow those of the sample rows
   */
  static ProgramNoise of(
      PackedProgram program,
      Sensitivity sensitivity,
      double headroom,
      Optional<Flooding> flooding) {
    int degree = 2 * program.slotCount();
    int[] starts = program.levels().starts();
    double answers = (double) program.batch() * program.output().copies();
    double coefficient = headroom * sensitivity.answerSum() * answers * 2 / degree;
    return new ProgramNoise(
        new RingNoise(degree),
        program.levels().depth(),
        flooding,
        IntStream.range(0, starts.length)
            .mapToObj(i -> StepNoise.of(program.steps().get(i), starts[i]))
            .toList(),
        sensitivity,
        NoiseModel.log2(Math.max(coefficient, 1e-9)),
        DigitPeak.ofAnswers(program));
  }
}
