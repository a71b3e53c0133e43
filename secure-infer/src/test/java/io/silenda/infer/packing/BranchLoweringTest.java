package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.graph.CompressedRows;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.ModelInterface;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator;
import io.silenda.infer.graph.SparseAffine;
import io.silenda.infer.graph.TensorShape;
import io.silenda.infer.packing.Lowering.Fusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Graphs in which tensors have several readers. */
class BranchLoweringTest {
  private static final long SEED = 23;
  private static final int SIZE = 6;
  private static final TensorShape SHAPE = TensorShape.of(SIZE);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Node> nodes = new ArrayList<>();

  BranchLoweringTest() {
    node(new Operator.Input());
  }

  @Test
  void aResidualSumTakesNoLevelOfItsOwn() throws Exception {
    int first = polynomial(linear(0), 0, 0, 1);
    int second = polynomial(linear(first), 0, 0, 1);
    int sum = node(new Operator.Add(), linear(second), first);
    linear(polynomial(sum, 0, 0, 1));
    StageGraph stages = assertComputes(Fusion.ALL);
    assertThat(stages.nodes()).hasSize(7);
    assertThat(stages.levels().depth()).isEqualTo(6);
  }

  @Test
  void aTensorThatAnActivationAndASumReadIsComputedOnce() throws Exception {
    int shared = linear(0);
    int activated = polynomial(shared, 0.5, 1, 0.25);
    node(new Operator.Add(), linear(activated), shared);
    StageGraph stages = assertComputes(Fusion.ALL);
    assertThat(stages.nodes()).as("shared, square, answer").hasSize(3);
    assertThat(stages.nodes().get(2).operands()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void factorsThatAreScaledAndShiftedAreMultipliedAsTheyAre() throws Exception {
    int left = polynomial(linear(0), 0.3, -1, 0.5);
    int right = polynomial(linear(0), -0.7, 0.2, 2);
    linear(node(new Operator.Multiply(), left, right));
    StageGraph stages = assertComputes(Fusion.ALL);
    assertThat(stages.levels().depth()).as("linear, square, product").isEqualTo(3);
  }

  @Test
  void aTensorTimesItselfIsASquare() throws Exception {
    int linear = linear(0);
    linear(node(new Operator.Multiply(), linear, linear));
    StageGraph stages = assertComputes(Fusion.ALL);
    assertThat(stages.nodes().get(1).stage()).isInstanceOf(Stage.Elementwise.class);
  }

  @Test
  void termsOfOneTensorAreOneMatrix() throws Exception {
    int square = polynomial(linear(0), 0, 0, 1);
    node(new Operator.Add(), linear(square), square, linear(square));
    StageGraph stages = assertComputes(Fusion.ALL);
    assertThat(stages.nodes()).hasSize(3);
    assertThat(stages.nodes().get(2).operands()).containsExactly(2);
  }

  @Test
  void layersThatGrowWhenFusedStayApartWhereLevelsAreCheap() throws Exception {
    CompressedRows.Builder narrow = new CompressedRows.Builder(1, SIZE);
    CompressedRows.Builder wide = new CompressedRows.Builder(SIZE, 1);
    for (int i = 0; i < SIZE; i++) {
      narrow.add(0, i, 1 + i);
      wide.add(i, 0, 2 - i * 0.1);
    }
    int reduced = node(new SparseAffine(narrow.build(), new double[] {1}), TensorShape.of(1), 0);
    node(new SparseAffine(wide.build(), new double[SIZE]), SHAPE, reduced);
    assertThat(assertComputes(Fusion.ALL).nodes()).hasSize(1);
    assertThat(assertComputes(Fusion.SPARSE).nodes()).hasSize(2);
  }

  private StageGraph assertComputes(Fusion fusion) throws Exception {
    Graph graph = graph();
    StageGraph stages = Lowering.run(graph, fusion);
    for (int i = 0; i < 5; i++) {
      double[] row = random.doubles(SIZE, -1, 1).toArray();
      assertThat(RandomChains.evaluate(stages, row))
          .as("seed %d", SEED)
          .containsExactly(new GraphInterpreter(graph).evaluate(row), within(1e-9));
    }
    return stages;
  }

  private Graph graph() {
    ClientTail none = new ClientTail.None();
    ModelInterface io =
        new ModelInterface("x", SHAPE, List.of("y"), List.of(none), "y", "y", SHAPE);
    return new Graph("branches", nodes, 0, nodes.size() - 1, none, io);
  }

  private int linear(int input) {
    CompressedRows.Builder weights = new CompressedRows.Builder(SIZE, SIZE);
    for (int i = 0; i < SIZE * SIZE; i++) {
      weights.add(i / SIZE, i % SIZE, random.nextDouble(-1, 1));
    }
    double[] bias = random.doubles(SIZE, -1, 1).toArray();
    return node(new SparseAffine(weights.build(), bias), SHAPE, input);
  }

  private int polynomial(int input, double... coefficients) {
    return node(new Operator.Polynomial(coefficients), SHAPE, input);
  }

  private int node(Operator operator, int... inputs) {
    return node(operator, SHAPE, inputs);
  }

  private int node(Operator operator, TensorShape shape, int... inputs) {
    int id = nodes.size();
    List<Integer> ids = Arrays.stream(inputs).boxed().toList();
    nodes.add(new Node(id, "n" + id, operator, ids, shape));
    return id;
  }
}
