package io.silenda.infer.packing;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Seeded chains for tests. */
public final class RandomChains {
  private final SplittableRandom random;

  public RandomChains(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A dense layer with weights of unit row norm. */
  public Stage.Linear dense(int outputs, int inputs) {
    SparseMatrix.Builder matrix = new SparseMatrix.Builder(outputs, inputs);
    for (int row = 0; row < outputs; row++) {
      for (int column = 0; column < inputs; column++) {
        matrix.add(row, column, random.nextGaussian() / Math.sqrt(inputs));
      }
    }
    AffineMap map = new AffineMap(matrix.build(), random.doubles(outputs, -1, 1).toArray());
    return new Stage.Linear("dense" + outputs, map, Optional.empty());
  }

  /** A strided convolution over one channel, without padding, as its Toeplitz matrix. */
  public Stage.Linear convolution(int side, int channels, int kernel, int stride) {
    int outSide = (side - kernel) / stride + 1;
    int outputs = channels * outSide * outSide;
    SparseMatrix.Builder matrix = new SparseMatrix.Builder(outputs, side * side);
    double[] weights = random.doubles((long) channels * kernel * kernel, -1, 1).toArray();
    for (int row = 0; row < outputs; row++) {
      int x = row % outSide;
      int y = row / outSide % outSide;
      int channel = row / (outSide * outSide);
      for (int k = 0; k < kernel * kernel; k++) {
        int column = (y * stride + k / kernel) * side + x * stride + k % kernel;
        matrix.add(row, column, weights[channel * kernel * kernel + k]);
      }
    }
    AffineMap map = new AffineMap(matrix.build(), random.doubles(outputs, -1, 1).toArray());
    return new Stage.Linear("conv", map, Optional.of(new ImageShape(channels, outSide, outSide)));
  }

  public static Stage.Elementwise square() {
    return Stage.Elementwise.square("square");
  }

  public double[][] rows(int count, int size) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = random.doubles(size, -1, 1).toArray();
    }
    return rows;
  }

  /** The answer in the clear. */
  public static double[] evaluate(StageGraph graph, double[] row) {
    List<double[]> tensors = graph.evaluate(row);
    return tensors.get(tensors.size() - 1);
  }

  /**
   * Two branches of different depth from one tensor, their product and their sum: {@code out =
   * C·(b² ∘ a) + D·a + E·x}, with {@code a = (A·x)²} and {@code b = B·a}.
   */
  public static StageGraph branching(RandomChains chains) {
    Stage.Linear answer =
        new Stage.Linear(
            "answer",
            List.of(
                chains.dense(7, 50).matrices().get(0),
                chains.dense(7, 50).matrices().get(0),
                chains.dense(7, 40).matrices().get(0)),
            new double[] {1, 2, 3, 4, 5, 6, 7},
            Optional.empty());
    return new StageGraph(
        List.of(
            new StageGraph.Node(chains.dense(50, 40), List.of(0)),
            new StageGraph.Node(square(), List.of(1)),
            new StageGraph.Node(chains.dense(50, 50), List.of(2)),
            new StageGraph.Node(square(), List.of(3)),
            new StageGraph.Node(new Stage.Product("product"), List.of(4, 2)),
            new StageGraph.Node(answer, List.of(5, 2, 0))),
        40,
        Optional.empty());
  }
}
