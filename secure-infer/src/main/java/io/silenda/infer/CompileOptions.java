package io.silenda.infer;

import io.silenda.infer.approx.AccuracyBudget;
import io.silenda.infer.approx.InputRange;
import io.silenda.infer.schedule.Flooding;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a caller may ask of the compiler.
 *
 * @param batch rows a ciphertext; 1 answers one row soonest; empty packs as many as cost nothing
 * @param maxError largest absolute error to accept on the decrypted tensor; empty accepts a
 *     two-thousandth of the largest answer as the noise of encryption (a 256th where no parameters
 *     reach that), and {@code accuracy} as the error of approximated activations
 * @param accuracy what approximated activations may do to the answers
 * @param inputRange where all elements of all inputs lie, by the caller's promise: gives
 *     activations their ranges where there are no calibration rows, and bounds them where there
 *     are; rows outside of it are refused
 * @param objective what to need least of
 * @param flooding noise that the server adds to its answers, for which parameters leave room
 * @param sharing how decrypted values will be shared: parameters answer so exactly that {@link
 *     Answers#shareWith} can flood them
 */
public record CompileOptions(
    OptionalInt batch,
    OptionalDouble maxError,
    AccuracyBudget accuracy,
    Optional<InputRange> inputRange,
    Optional<Objective> objective,
    Optional<Flooding> flooding,
    Optional<Sharing> sharing) {
  /** Slots of the largest ciphertext. */
  private static final int MAX_BATCH = 1 << 15;

  /** Checks the ranges. */
  public CompileOptions {
    if (batch.isPresent() && (batch.getAsInt() < 1 || batch.getAsInt() > MAX_BATCH)) {
      throw new IllegalArgumentException("batch " + batch.getAsInt() + " outside 1.." + MAX_BATCH);
    }
    if (maxError.isPresent() && !(maxError.getAsDouble() > 0)) {
      throw new IllegalArgumentException("maxError " + maxError.getAsDouble() + " is not positive");
    }
  }

  /** Everything chosen by the compiler. */
  public static CompileOptions automatic() {
    return new CompileOptions(
        OptionalInt.empty(),
        OptionalDouble.empty(),
        AccuracyBudget.standard(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, with a number of rows a ciphertext. */
  public CompileOptions withBatch(int rows) {
    return new CompileOptions(
        OptionalInt.of(rows), maxError, accuracy, inputRange, objective, flooding, sharing);
  }

  /** The same, with a bound on the absolute error. */
  public CompileOptions withMaxError(double bound) {
    return new CompileOptions(
        batch, OptionalDouble.of(bound), accuracy, inputRange, objective, flooding, sharing);
  }

  /** The same, with another budget for approximated activations. */
  public CompileOptions withAccuracy(AccuracyBudget budget) {
    return new CompileOptions(batch, maxError, budget, inputRange, objective, flooding, sharing);
  }

  /** The same, with a range that all inputs lie in. */
  public CompileOptions withInputRange(InputRange range) {
    return new CompileOptions(
        batch, maxError, accuracy, Optional.of(range), objective, flooding, sharing);
  }

  /** The same, for an objective. */
  public CompileOptions withObjective(Objective goal) {
    return new CompileOptions(
        batch, maxError, accuracy, inputRange, Optional.of(goal), flooding, sharing);
  }

  /** The same, with noise that hides what an answer's own noise tells of the weights. */
  public CompileOptions withFlooding(Flooding noise) {
    return new CompileOptions(
        batch, maxError, accuracy, inputRange, objective, Optional.of(noise), sharing);
  }

  /** The same, with room for the noise that decrypted values need before others see them. */
  public CompileOptions withSharing(Sharing shared) {
    return new CompileOptions(
        batch, maxError, accuracy, inputRange, objective, flooding, Optional.of(shared));
  }
}
