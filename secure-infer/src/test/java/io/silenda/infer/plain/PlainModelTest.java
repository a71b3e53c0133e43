package io.silenda.infer.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.TestModels;
import io.silenda.infer.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PlainModelTest {
  static final List<String> DIGITS = TestModels.DIGITS;

  private static PlainModel open(String name) throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model(name));
    return PlainModel.open(TestModels.model(name), graph);
  }

  @ParameterizedTest
  @FieldSource("DIGITS")
  void givesTheStoredLogits(String name) throws Exception {
    try (PlainModel model = open(name)) {
      PlainModel.Result result = model.run(TestModels.digits());
      Tensor expected = TestModels.array(name + "_logits");
      assertThat(result.coreTensor().shape()).containsExactly(300, 10);
      assertThat(result.coreTensor().values()).containsExactly(expected.values(), within(1e-4f));
      assertThat(result.firstFloatOutput()).isEqualTo(result.coreTensor());
    }
  }

  @Test
  void givesTheStoredLogitsOfTheRegression() throws Exception {
    try (PlainModel model = open("logreg_breast_cancer")) {
      PlainModel.Result result = model.run(TestModels.array("breast_cancer_test_x"));
      Tensor expected = TestModels.array("logreg_breast_cancer_logits");
      assertThat(result.coreTensor().values()).containsExactly(expected.values(), within(1e-4f));
    }
  }

  @Test
  void givesRawScoresOfAClassifierBesideItsProbabilities() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("logreg_breast_cancer_sklearn"));
    assertThat(graph.tail()).isInstanceOf(ClientTail.LinearClassifier.class);
    try (PlainModel model = open("logreg_breast_cancer_sklearn")) {
      PlainModel.Result result = model.run(TestModels.array("breast_cancer_test_x"));
      assertThat(result.coreTensor().shape()).containsExactly(171, 2);
      for (int row = 0; row < 171; row++) {
        double[] fromCore = graph.tail().apply(TestModels.row(result.coreTensor(), row));
        assertThat(TestModels.row(result.firstFloatOutput(), row))
            .containsExactly(fromCore, within(1e-5));
      }
    }
  }

  @Test
  void acceptsRowsUnderAnyShape() throws Exception {
    try (PlainModel model = open("mlp_square")) {
      Tensor digits = TestModels.digits().rows(0, 65);
      assertThat(model.run(digits.reshaped(65, 784))).isEqualTo(model.run(digits));
    }
  }

  @Test
  void refusesRowsOfAnotherSize() throws Exception {
    try (PlainModel model = open("mlp_square")) {
      Tensor wrong = Tensor.of(new int[] {1, 3}, new float[3]);
      assertThatThrownBy(() -> model.run(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 values a row, must have 784");
    }
  }

  @Test
  void refusesToRunAfterClose() throws Exception {
    PlainModel model = open("mlp_square");
    model.close();
    model.close();
    Tensor row = TestModels.digits().rows(0, 1);
    assertThatThrownBy(() -> model.run(row)).isInstanceOf(IllegalStateException.class);
  }
}
