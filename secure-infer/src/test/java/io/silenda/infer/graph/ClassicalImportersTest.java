package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.floatsOf;
import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static io.silenda.infer.graph.OnnxBuilder.text;
import static io.silenda.infer.graph.OnnxBuilder.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassicalImportersTest {
  private static final String DOMAIN = OperatorCatalog.CLASSICAL_DOMAIN;

  private static OnnxBuilder rows() {
    return OnnxBuilder.rows(2).importing(DOMAIN, 3);
  }

  private static OnnxBuilder classifier(AttributeProto... attributes) {
    return rows()
        .nodeOf(DOMAIN, "LinearClassifier", List.of("x"), List.of("label", "p"), attributes)
        .named("model");
  }

  private static OnnxBuilder withOutputs(OnnxBuilder builder) {
    return builder
        .output("label", DataType.INT64, OnnxBuilder.dynamic("batch"))
        .output("p", DataType.FLOAT, OnnxBuilder.dynamic("batch"), OnnxBuilder.dynamic("n"));
  }

  @Test
  void importsClassifiersOfThreeClasses() throws Exception {
    for (String transform : List.of("NONE", "LOGISTIC", "SOFTMAX")) {
      OnnxBuilder builder =
          classifier(
              floatsOf("coefficients", 1, -2, 0.5, 1, -1, 0.3),
              floatsOf("intercepts", 0.1, 0.2, -0.3),
              ints("classlabels_ints", 4, 5, 6),
              text("post_transform", transform));
      Graph graph = RuntimeComparison.check(withOutputs(builder));
      List<String> labels = List.of("4", "5", "6");
      assertThat(graph.tail())
          .isEqualTo(new ClientTail.LinearClassifier(PostTransform.valueOf(transform), labels));
      assertThat(graph.modelInterface().outputTails().get(0))
          .isEqualTo(new ClientTail.Label(labels));
      assertThat(graph.modelInterface().coreTensorName()).isEqualTo("model/scores");
    }
  }

  @Test
  void importsBinaryClassifiersWithOneRow() throws Exception {
    for (String transform : List.of("NONE", "LOGISTIC")) {
      OnnxBuilder builder =
          classifier(
              floatsOf("coefficients", 1, -2),
              floatsOf("intercepts", 0.1),
              ints("classlabels_ints", 0, 1),
              text("post_transform", transform));
      Graph graph = RuntimeComparison.check(withOutputs(builder));
      assertThat(graph.modelInterface().coreShape()).isEqualTo(TensorShape.of(1));
    }
  }

  @Test
  void importsNormalisedProbabilitiesInAMap() throws Exception {
    OnnxBuilder builder =
        classifier(
                floatsOf("coefficients", 1, -2, 0.5, 1),
                floatsOf("intercepts", 0.1, -0.3),
                texts("classlabels_strings", "no", "yes"),
                text("post_transform", "LOGISTIC"))
            .nodeOf(DOMAIN, "Normalizer", List.of("p"), List.of("q"), text("norm", "L1"))
            .nodeOf(
                DOMAIN,
                "ZipMap",
                List.of("q"),
                List.of("map"),
                texts("classlabels_strings", "no", "yes"))
            .output("label")
            .output("map");
    Graph graph = RuntimeComparison.check(builder);
    assertThat(graph.modelInterface().firstFloatOutput()).isEqualTo("q");
    assertThat(graph.modelInterface().outputNames()).containsExactly("label", "map");
    ClientTail.Label label = (ClientTail.Label) graph.modelInterface().outputTails().get(0);
    assertThat(label.label(new double[] {1, 2})).isEqualTo("yes");
  }

  @Test
  void refusesClassifiersThatDoNotFit() throws Exception {
    assertThat(
            RuntimeComparison.refusal(
                withOutputs(
                    classifier(floatsOf("coefficients", 1, 2, 3), ints("classlabels_ints", 0, 1)))))
        .hasMessageContaining("3 coefficients");
    assertThat(
            RuntimeComparison.refusal(
                withOutputs(
                    classifier(
                        floatsOf("coefficients", 1, 2, 3, 4), ints("classlabels_ints", 0, 1, 2)))))
        .hasMessageContaining("2 rows of coefficients and 3 labels");
    assertThat(
            RuntimeComparison.refusal(
                withOutputs(
                    classifier(
                        floatsOf("coefficients", 1, 2, 3, 4),
                        ints("classlabels_ints", 0, 1),
                        text("post_transform", "PROBIT")))))
        .hasMessageContaining("post_transform must be");
    assertThat(
            RuntimeComparison.refusal(
                withOutputs(classifier(floatsOf("coefficients", 1, 2, 3, 4)))))
        .hasMessageContaining("no class labels");
  }

  @Test
  void importsScaledRegressors() throws Exception {
    OnnxBuilder builder =
        rows()
            .nodeOf(
                DOMAIN,
                "Scaler",
                List.of("x"),
                List.of("s"),
                floatsOf("offset", 1, -2),
                floatsOf("scale", 0.5, 3))
            .nodeOf(
                DOMAIN,
                "LinearRegressor",
                List.of("s"),
                List.of("y"),
                floatsOf("coefficients", 1, -2, 0.5, 1),
                floatsOf("intercepts", 0.1, -0.3),
                integer("targets", 2))
            .output("y");
    assertThat(RuntimeComparison.check(builder).nodes()).hasSize(2);
  }

  @Test
  void refusesTreesWithAHint() throws Exception {
    OnnxBuilder builder =
        rows().nodeOf(DOMAIN, "TreeEnsembleClassifier", List.of("x"), List.of("y")).output("y");
    assertThat(RuntimeComparison.refusal(builder))
        .hasMessageContaining("ai.onnx.ml.TreeEnsembleClassifier")
        .hasMessageContaining("linear model");
  }
}
