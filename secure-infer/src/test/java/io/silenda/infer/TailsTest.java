package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.graph.PostTransform;
import io.silenda.infer.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailsTest {
  private static final Tensor CORE = Tensor.of(new int[] {2, 3}, new float[] {1, 3, -2, 0, 0, 1});

  @Test
  void softmaxIsTakenOfEachRow() {
    Tensor output = Tails.apply(new ClientTail.Softmax(), CORE);
    assertThat(output.shape()).containsExactly(2, 3);
    for (int row = 0; row < 2; row++) {
      float[] p = output.row(row);
      assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-6f));
    }
    assertThat(output.row(1)[0]).isEqualTo(output.row(1)[1]);
    assertThat(output.row(0)[1] / output.row(0)[0]).isCloseTo((float) Math.exp(2), within(1e-4f));
  }

  @Test
  void sigmoidIsTakenOfEachElement() {
    Tensor output = Tails.apply(new ClientTail.Sigmoid(), CORE);
    assertThat(output.row(0)[0]).isCloseTo((float) (1 / (1 + Math.exp(-1))), within(1e-6f));
    assertThat(output.row(1)[0]).isEqualTo(0.5f);
  }

  @Test
  void logSoftmaxIsTheLogarithmOfSoftmax() {
    Tensor output = Tails.apply(new ClientTail.LogSoftmax(), CORE);
    Tensor softmax = Tails.apply(new ClientTail.Softmax(), CORE);
    for (int i = 0; i < 6; i++) {
      assertThat(output.values()[i])
          .isCloseTo((float) Math.log(softmax.values()[i]), within(1e-5f));
    }
  }

  @Test
  void argMaxAndLabelsAreOneColumn() {
    Tensor argMax = Tails.apply(new ClientTail.ArgMax(), CORE);
    assertThat(argMax.shape()).containsExactly(2, 1);
    assertThat(argMax.values()).containsExactly(1, 2);
    ClientTail.Label label = new ClientTail.Label(List.of("a", "b", "c"));
    assertThat(Tails.apply(label, CORE).values()).containsExactly(1, 2);
    assertThat(label.label(new double[] {1, 3, -2})).isEqualTo("b");
  }

  @Test
  void aClassifierOfOneScoreHasTwoColumns() {
    Tensor scores = Tensor.of(new int[] {2, 1}, new float[] {2, -1});
    ClientTail tail = new ClientTail.LinearClassifier(PostTransform.LOGISTIC, List.of("no", "yes"));
    Tensor output = Tails.apply(tail, scores);
    assertThat(output.shape()).containsExactly(2, 2);
    assertThat(output.row(0)[1]).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-6f));
    assertThat(output.row(0)[0] + output.row(0)[1]).isCloseTo(1, within(1e-6f));
  }

  @Test
  void tailsFollowEachOther() {
    ClientTail tail = new ClientTail.Softmax().then(new ClientTail.ArgMax());
    assertThat(Tails.apply(tail, CORE).values()).containsExactly(1, 2);
    assertThat(Tails.apply(new ClientTail.None(), CORE)).isEqualTo(CORE);
  }
}
