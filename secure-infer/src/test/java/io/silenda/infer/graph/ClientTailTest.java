package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTailTest {
  private static final double[] CORE = {1, 3, -2};

  @Test
  void keepsTheRowItIsGiven() {
    double[] core = CORE.clone();
    for (ClientTail tail :
        List.of(
            new ClientTail.None(),
            new ClientTail.Sigmoid(),
            new ClientTail.Softmax(),
            new ClientTail.LogSoftmax(),
            new ClientTail.ArgMax(),
            new ClientTail.Normalize(Norm.L1),
            new ClientTail.LinearClassifier(PostTransform.NONE, List.of("a", "b", "c")))) {
      double[] output = tail.apply(core);
      output[0] = 99;
      assertThat(core).containsExactly(CORE);
    }
  }

  @Test
  void normalises() {
    double[] softmax = new ClientTail.Softmax().apply(CORE);
    assertThat(softmax[0] + softmax[1] + softmax[2]).isCloseTo(1, within(1e-12));
    assertThat(softmax[1] / softmax[0]).isCloseTo(Math.exp(2), within(1e-9));
    assertThat(new ClientTail.Softmax().apply(new double[] {5000, 0})).containsExactly(1, 0);
    assertThat(new ClientTail.Normalize(Norm.L1).apply(CORE))
        .containsExactly(new double[] {1 / 6.0, 0.5, -1 / 3.0}, within(1e-12));
    assertThat(new ClientTail.Normalize(Norm.L1).apply(new double[2])).containsExactly(0, 0);
  }

  @Test
  void choosesClasses() {
    assertThat(new ClientTail.ArgMax().apply(CORE)).containsExactly(1);
    assertThat(new ClientTail.ArgMax().apply(new double[] {2, 2})).containsExactly(0);
    ClientTail.Label binary = new ClientTail.Label(List.of("no", "yes"));
    assertThat(binary.label(new double[] {0.1})).isEqualTo("yes");
    assertThat(binary.label(new double[] {-0.1})).isEqualTo("no");
  }

  @Test
  void addsTheColumnOfTheNegativeClass() {
    ClientTail tail = new ClientTail.LinearClassifier(PostTransform.LOGISTIC, List.of("no", "yes"));
    double[] probabilities = tail.apply(new double[] {0.5});
    assertThat(probabilities).hasSize(2);
    assertThat(probabilities[0] + probabilities[1]).isCloseTo(1, within(1e-12));
    assertThat(probabilities[1]).isGreaterThan(0.5);
  }

  @Test
  void composes() {
    ClientTail none = new ClientTail.None();
    ClientTail sigmoid = new ClientTail.Sigmoid();
    assertThat(none.then(sigmoid)).isEqualTo(sigmoid);
    assertThat(sigmoid.then(none)).isEqualTo(sigmoid);
    ClientTail both = sigmoid.then(new ClientTail.ArgMax());
    assertThat(both.isIndex()).isTrue();
    assertThat(sigmoid.isIndex()).isFalse();
    assertThat(both.apply(CORE)).containsExactly(1);
  }
}
