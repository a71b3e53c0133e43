package io.silenda.bench.kernels;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.LinearTransform;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A dense matrix of 1,024 rows and columns times a vector. Slot 4i + c holds element i + 256c of
 * the vector, so that copy c serves a quarter of the diagonals, and two folds add the copies up.
 */
public final class MatrixVector implements AutoCloseable {
  /** Rows and columns. */
  public static final int SIZE = 1024;

  static final Preset PRESET = Preset.N8192_L2;
  static final int BABY_STEPS = 32;
  static final int GIANT_STEPS = 8;
  static final int[] FOLDS = {1, 2};
  private static final int COPIES = 4;
  private static final int DIAGONALS = BABY_STEPS * GIANT_STEPS;

  private final double[][] matrix = new double[SIZE][];
  private final double[] vector;
  private final CkksWorkload workload;
  private final LinearTransform transform;
  private final Ciphertext input;

  /** Makes keys, encodes the matrix and encrypts the vector. */
  public MatrixVector() {
    Random random = new Random(2);
    for (int row = 0; row < SIZE; row++) {
      matrix[row] = random.doubles(SIZE, -1.0 / SIZE, 1.0 / SIZE).toArray();
    }
    vector = random.doubles(SIZE, -1, 1).toArray();
    workload = CkksWorkload.open(PRESET, rotationLevels());
    transform = workload.own(transform(workload.context));
    input = workload.encrypt(copies(), PRESET.parameters().maxLevel(), PRESET.scale());
  }

  private double[] copies() {
    double[] slots = new double[PRESET.parameters().slotCount()];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = vector[element(slot, 0)];
    }
    return slots;
  }

  private static SortedMap<Integer, Integer> rotationLevels() {
    SortedMap<Integer, Integer> levels = new TreeMap<>();
    int level = PRESET.parameters().maxLevel();
    for (int baby = 1; baby < BABY_STEPS; baby++) {
      levels.put(COPIES * baby, level);
    }
    for (int giant = 1; giant < GIANT_STEPS; giant++) {
      levels.put(COPIES * giant * BABY_STEPS, level);
    }
    for (int fold : FOLDS) {
      levels.put(fold, level - 1);
    }
    return levels;
  }

  private LinearTransform.Builder transform(CkksContext context) {
    int level = PRESET.parameters().maxLevel();
    LinearTransform.Builder builder =
        LinearTransform.builder(
            context, level, PRESET.scale(), (double) context.dataPrimes()[level]);
    for (int giant = 0; giant < GIANT_STEPS; giant++) {
      for (int baby = 0; baby < BABY_STEPS; baby++) {
        int step = giant * BABY_STEPS + baby;
        builder.diagonal(COPIES * giant * BABY_STEPS, COPIES * baby, diagonal(step));
      }
    }
    for (int fold : FOLDS) {
      builder.fold(fold);
    }
    return builder.rescale(true);
  }

  /** Which element of the vector a slot sees that many steps on. */
  private static int element(int slot, int step) {
    return (slot / COPIES + step + slot % COPIES * DIAGONALS) % SIZE;
  }

  private double[] diagonal(int step) {
    double[] slots = new double[PRESET.parameters().slotCount()];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = matrix[slot / COPIES][element(slot, step)];
    }
    return slots;
  }

  /** The encrypted product, row i in slot 4i; the caller closes it. */
  public Ciphertext multiply(Implementation implementation) {
    return workload.evaluator(implementation).apply(transform, input, workload.keys);
  }

  /**
   * Compares a product with the one in the clear.
   *
   * @throws IllegalStateException if a row is off by more than 1e-4
   */
  public void requireCorrect(Implementation implementation) {
    try (Ciphertext product = multiply(implementation)) {
      double[] slots = workload.decryptor.decrypt(product);
      for (int row = 0; row < SIZE; row++) {
        double expected = 0;
        for (int column = 0; column < SIZE; column++) {
          expected += matrix[row][column] * vector[column];
        }
        double actual = slots[COPIES * row];
        if (!(Math.abs(actual - expected) < 1e-4)) {
          throw new IllegalStateException("row " + row + ": " + actual + ", not " + expected);
        }
      }
    }
  }

  long keyBytes() {
    return workload.keys.nativeBytes();
  }

  long seededKeyBytes() {
    return workload.keys.seededSizeBytes();
  }

  @Override
  public void close() {
    workload.close();
  }
}
