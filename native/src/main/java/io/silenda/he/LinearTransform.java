package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.TransformNatives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * A matrix given by its generalised diagonals, encoded once and applied to many ciphertexts (Halevi
 * and Shoup, CRYPTO 2018, with baby and giant steps). Thread-safe; whoever built it closes it.
 *
 * <p>With rot_k(x)[s] = x[(s + k) mod slots], the result is u[s] = Σ values[s] · x[s + giant +
 * baby] over all diagonals; then one rescale if asked for; then each fold adds to u its rotations,
 * in order; then the bias is added.
 */
public final class LinearTransform implements AutoCloseable {
  private final CkksContext context;
  private final NativeHandle handle;
  private final SortedMap<Integer, Integer> rotationLevels;
  private final int resultLevel;
  private final double resultScale;

  private LinearTransform(
      CkksContext context, long pointer, SortedMap<Integer, Integer> rotationLevels) {
    this.context = context;
    this.handle =
        NativeHandle.own(
            "LinearTransform",
            pointer,
            TransformNatives.nativeBytes(pointer),
            TransformNatives::free);
    this.rotationLevels = rotationLevels;
    this.resultLevel = handle.use(TransformNatives::resultLevel);
    this.resultScale = handle.use(TransformNatives::resultScale);
  }

  /**
   * Starts a transform.
   *
   * @param level level of the ciphertexts it will be applied to
   * @param inputScale their scale
   * @param plaintextScale scale that the diagonals are encoded at
   */
  public static Builder builder(
      CkksContext context, int level, double inputScale, double plaintextScale) {
    return new Builder(context, level, inputScale, plaintextScale);
  }

  /** Steps in 1..slots-1 that applying it rotates by, ascending. */
  public int[] rotationSteps() {
    return rotationLevels.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The same steps with the highest level each is used at: what an {@link EvaluationKeyPlan} asks
   * for.
   */
  public SortedMap<Integer, Integer> rotationLevels() {
    return rotationLevels;
  }

  /** Native memory that the encoded diagonals and bias hold. */
  public long nativeBytes() {
    return handle.bytes();
  }

  /** Level of the result. */
  public int resultLevel() {
    return resultLevel;
  }

  /** Exact scale of the result. */
  public double resultScale() {
    return resultScale;
  }

  @Override
  public void close() {
    handle.close();
  }

  CkksContext context() {
    return context;
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }

  /** Collects the parts of a transform. Not thread-safe. */
  public static final class Builder {
    private final CkksContext context;
    private final int level;
    private final double inputScale;
    private final double plaintextScale;
    private final List<Diagonal> diagonals = new ArrayList<>();
    private final List<int[]> folds = new ArrayList<>();
    private int nestedGiantStep;
    private boolean rescale;
    private double[] bias = {};

    private Builder(CkksContext context, int level, double inputScale, double plaintextScale) {
      context.requireLevel(level);
      this.context = context;
      this.level = level;
      this.inputScale = inputScale;
      this.plaintextScale = plaintextScale;
    }

    /**
     * Adds a diagonal: slot s of the result gains values[s] · x[s + giantStep + babyStep]. A
     * diagonal of zeros is skipped. Each distinct baby and giant step other than 0 costs one
     * rotation.
     *
     * @param values at most slotCount numbers; missing ones are zero
     */
    public Builder diagonal(int giantStep, int babyStep, double[] values) {
      int giant = context.normalizeStep("giantStep", giantStep);
      int baby = context.normalizeStep("babyStep", babyStep);
      if (values.length > context.parameters().slotCount()) {
        throw new IllegalArgumentException(
            "values has "
                + values.length
                + " entries, more than the "
                + context.parameters().slotCount()
                + " slots");
      }
      if (Arrays.stream(values).anyMatch(value -> value != 0)) {
        diagonals.add(new Diagonal(giant, baby, values.clone()));
      }
      return this;
    }

    /**
     * Adds a fold u = u + Σ rot_step(u) over all steps given; folds happen in the order they are
     * added, after the rescale. Steps of one fold share one decomposition: folding by a and then by
     * b takes two, folding by a, b and a + b at once takes one, and a key more.
     */
    public Builder fold(int... steps) {
      if (steps.length == 0) {
        throw new IllegalArgumentException("a fold needs at least one step");
      }
      int[] normalized = new int[steps.length];
      for (int i = 0; i < steps.length; i++) {
        normalized[i] = context.normalizeStep("fold step", steps[i]);
        if (normalized[i] == 0) {
          throw new IllegalArgumentException("fold step 0 would only double the result");
        }
      }
      folds.add(normalized);
      return this;
    }

    /**
     * Nests the rotations by giant steps (Horner's rule), so that one rotation key serves them all;
     * every giant step must be a multiple of this one between 0 and the number of slots. That costs
     * one key switch for each multiple up to the largest, whether it has diagonals or not, one
     * after the other.
     */
    public Builder nestGiantSteps(int giantStep) {
      if (giantStep < 1 || giantStep >= context.parameters().slotCount()) {
        throw new IllegalArgumentException(
            "giantStep " + giantStep + " is not in 1.." + (context.parameters().slotCount() - 1));
      }
      this.nestedGiantStep = giantStep;
      return this;
    }

    /** Whether to rescale once after the diagonals; false by default. */
    public Builder rescale(boolean enabled) {
      this.rescale = enabled;
      return this;
    }

    /** Sets the values added at the end, at most slotCount; none by default. */
    public Builder bias(double[] values) {
      this.bias = values.clone();
      return this;
    }

    /**
     * Encodes all diagonals, about a millisecond each.
     *
     * @throws IllegalArgumentException if all diagonals are zero, a value is not finite or too
     *     large for the level, or a scale does not fit
     */
    public LinearTransform build() {
      if (diagonals.isEmpty()) {
        throw new IllegalArgumentException(
            "the transform has no diagonal other than zero: its result would not be encrypted");
      }
      int[] giants = diagonals.stream().mapToInt(Diagonal::giantStep).toArray();
      int[] babies = diagonals.stream().mapToInt(Diagonal::babyStep).toArray();
      double[][] values = diagonals.stream().map(Diagonal::values).toArray(double[][]::new);
      int[] foldSizes = folds.stream().mapToInt(steps -> steps.length).toArray();
      int[] foldSteps = folds.stream().flatMapToInt(Arrays::stream).toArray();
      return context.use(
          pointer ->
              new LinearTransform(
                  context,
                  TransformNatives.create(
                      pointer,
                      level,
                      inputScale,
                      plaintextScale,
                      giants,
                      babies,
                      values,
                      nestedGiantStep,
                      rescale,
                      foldSizes,
                      foldSteps,
                      bias),
                  rotationLevels()));
    }

    private SortedMap<Integer, Integer> rotationLevels() {
      SortedMap<Integer, Integer> levels = new TreeMap<>();
      int foldLevel = rescale ? level - 1 : level;
      folds.forEach(steps -> Arrays.stream(steps).forEach(step -> levels.put(step, foldLevel)));
      for (Diagonal diagonal : diagonals) {
        levels.put(
            nestedGiantStep == 0 || diagonal.giantStep() == 0
                ? diagonal.giantStep()
                : nestedGiantStep,
            level);
        levels.put(diagonal.babyStep(), level);
      }
      levels.remove(0);
      return Collections.unmodifiableSortedMap(levels);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Diagonal(int giantStep, int babyStep, double[] values) {}
}
