package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvmImportersTest {
  private static final double[] VECTORS = {1, -0.5, 0.3, 0.2, 0.7, -1, -0.4, 0.1, 0.6};

  private static OnnxBuilder regressor(String kernel, AttributeProto... more) {
    AttributeProto[] common = {
      OnnxBuilder.text("kernel_type", kernel),
      OnnxBuilder.floatsOf("coefficients", 0.5, -1, 2),
      OnnxBuilder.floatsOf("rho", 0.25),
      OnnxBuilder.floatsOf("support_vectors", VECTORS),
      OnnxBuilder.integer("n_supports", 3),
      OnnxBuilder.floatsOf("kernel_params", 0.5, 1, 3)
    };
    AttributeProto[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    String domain = OperatorCatalog.CLASSICAL_DOMAIN;
    return OnnxBuilder.rows(3)
        .importing(domain, 3)
        .nodeOf(domain, "SVMRegressor", List.of("x"), List.of("y"), all)
        .output("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LINEAR", "POLY"})
  void importsKernelsThatArePolynomials(String kernel) throws Exception {
    RuntimeComparison.check(regressor(kernel));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RBF", "SIGMOID"})
  void refusesOtherKernels(String kernel) throws Exception {
    assertThat(RuntimeComparison.refusal(regressor(kernel)))
        .hasMessageContaining("use a linear or polynomial kernel");
  }

  private static OnnxBuilder classifier(String kernel, AttributeProto... more) {
    AttributeProto[] common = {
      OnnxBuilder.text("kernel_type", kernel),
      OnnxBuilder.floatsOf("rho", 0.25),
      OnnxBuilder.floatsOf("support_vectors", VECTORS),
      OnnxBuilder.floatsOf("kernel_params", 0.5, 1, 3),
    };
    AttributeProto[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    String domain = OperatorCatalog.CLASSICAL_DOMAIN;
    return OnnxBuilder.rows(3)
        .importing(domain, 3)
        .nodeOf(domain, "SVMClassifier", List.of("x"), List.of("label", "y"), all)
        .output("y");
  }

  private static AttributeProto[] twoClasses() {
    return new AttributeProto[] {
      OnnxBuilder.floatsOf("coefficients", 0.5, -1, 2),
      OnnxBuilder.ints("classlabels_ints", 3, 7),
      OnnxBuilder.ints("vectors_per_class", 2, 1)
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"LINEAR", "POLY"})
  void importsTheDecisionFunctionOfTwoClasses(String kernel) throws Exception {
    RuntimeComparison.check(classifier(kernel, twoClasses()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RBF", "SIGMOID"})
  void refusesOtherKernelsOfClassifiers(String kernel) throws Exception {
    assertThat(RuntimeComparison.refusal(classifier(kernel, twoClasses())))
        .hasMessageContaining("use a linear or polynomial kernel");
  }

  @Test
  void refusesClassifiersByVotesAndNovelties() throws Exception {
    OnnxBuilder votes = classifier("LINEAR", OnnxBuilder.ints("classlabels_ints", 0, 1, 2));
    assertThat(RuntimeComparison.refusal(votes))
        .hasMessageContaining("pairs of 3 classes")
        .hasMessageContaining("use LinearSVC");
    OnnxBuilder probabilities =
        classifier(
            "LINEAR",
            OnnxBuilder.ints("classlabels_ints", 0, 1),
            OnnxBuilder.floatsOf("prob_a", -1));
    assertThat(RuntimeComparison.refusal(probabilities)).hasMessageContaining("probability=False");
    assertThat(RuntimeComparison.refusal(regressor("LINEAR", OnnxBuilder.integer("one_class", 1))))
        .hasMessageContaining("one_class");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TreeEnsembleClassifier", "TreeEnsembleRegressor"})
  void refusesTrees(String type) throws Exception {
    String domain = OperatorCatalog.CLASSICAL_DOMAIN;
    OnnxBuilder trees =
        OnnxBuilder.rows(3)
            .importing(domain, 3)
            .nodeOf(domain, type, List.of("x"), List.of("y"))
            .named("forest")
            .output("y");
    assertThat(RuntimeComparison.refusal(trees))
        .hasMessageContaining("\"forest\"")
        .hasMessageContaining("use a linear model");
  }
}
