package io.silenda.infer.schedule;

import io.silenda.he.CkksParameters;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.infer.packing.PackedLinear;
import java.util.stream.Stream;

/** Memory that a scheduled program takes outside of the Java heap, and bytes of its keys. */
public final class NativeBytes {
  private NativeBytes() {}

  /** Evaluation keys: for each digit, two polynomials modulo the level's primes, in whole bytes. */
  public static long ofKeys(ScheduledProgram scheduled) {
    EvaluationKeyPlan plan = scheduled.keyPlan();
    long bytes = ofKey(scheduled, plan.relinearizationLevel());
    for (int level : plan.rotationLevels().values()) {
      bytes += ofKey(scheduled, level);
    }
    return bytes;
  }

  /** Keys as they are sent: one polynomial of each digit, bit-packed, modulo the level's primes. */
  public static long ofSentKeys(ScheduledProgram scheduled) {
    EvaluationKeyPlan plan = scheduled.keyPlan();
    long bits = sentBits(scheduled, plan.relinearizationLevel());
    for (int level : plan.rotationLevels().values()) {
      bits += sentBits(scheduled, level);
    }
    return bits * scheduled.parameters().polyModulusDegree() / Byte.SIZE;
  }

  private static long sentBits(ScheduledProgram scheduled, int level) {
    CkksParameters parameters = scheduled.parameters();
    long bits =
        Stream.concat(
                parameters.dataPrimeBits().subList(0, level + 1).stream(),
                parameters.specialPrimeBits().stream())
            .mapToLong(Integer::longValue)
            .sum();
    return (level + 1) * bits;
  }

  private static long ofKey(ScheduledProgram scheduled, int level) {
    long widths = dataWidths(scheduled, level) + specialWidth(scheduled);
    return 2L * (level + 1) * widths * scheduled.parameters().polyModulusDegree();
  }

  /** Encoded weights: diagonals modulo the primes of their level, and the special one. */
  public static long ofWeights(ScheduledProgram scheduled) {
    int[] levels = scheduled.levels();
    long widths = 0;
    for (int i = 0; i < levels.length; i++) {
      if (scheduled.program().steps().get(i) instanceof PackedLinear linear) {
        long rotated = rotatedDiagonals(linear);
        widths += linear.diagonalCount() * dataWidths(scheduled, levels[i]);
        widths += rotated * specialWidth(scheduled);
        int biasPrimes = scheduled.rescales(i) ? levels[i] : levels[i] + 1;
        widths += (long) linear.biases().size() * biasPrimes * Long.BYTES;
      }
    }
    return widths * scheduled.parameters().polyModulusDegree();
  }

  /** What meets an operand that was not rotated needs no part modulo the special prime. */
  private static long rotatedDiagonals(PackedLinear linear) {
    return linear.blocks().stream()
        .flatMap(block -> block.diagonals().stream())
        .filter(diagonal -> diagonal.baby() != 0)
        .count();
  }

  /** Bytes of one coefficient modulo all primes of a level. */
  private static long dataWidths(ScheduledProgram scheduled, int level) {
    return scheduled.parameters().dataPrimeBits().subList(0, level + 1).stream()
        .mapToLong(NativeBytes::width)
        .sum();
  }

  private static long specialWidth(ScheduledProgram scheduled) {
    return scheduled.parameters().specialPrimeBits().stream().mapToLong(NativeBytes::width).sum();
  }

  private static long width(int bits) {
    return (bits + Byte.SIZE - 1L) / Byte.SIZE;
  }
}
