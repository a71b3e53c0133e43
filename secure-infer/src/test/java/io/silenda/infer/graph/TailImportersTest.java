package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.integer;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailImportersTest {
  private static OnnxBuilder scores() {
    return OnnxBuilder.rows(4)
        .weights("w", 4, 3)
        .weights("b", 3)
        .node("Gemm", List.of("x", "w", "b"), "h");
  }

  private static Graph check(OnnxBuilder builder) throws Exception {
    Graph graph = RuntimeComparison.check(builder);
    assertThat(graph.nodes()).hasSize(2);
    assertThat(graph.modelInterface().coreTensorName()).isEqualTo("h");
    return graph;
  }

  @Test
  void movesTheLastFunctionToTheClient() throws Exception {
    assertThat(check(scores().node("Sigmoid", List.of("h"), "y").output("y")).tail())
        .isEqualTo(new ClientTail.Sigmoid());
    assertThat(check(scores().node("Softmax", List.of("h"), "y").output("y")).tail())
        .isEqualTo(new ClientTail.Softmax());
    assertThat(
            check(
                    scores()
                        .opset(11)
                        .node("Softmax", List.of("h"), "y", integer("axis", 1))
                        .output("y"))
                .tail())
        .isEqualTo(new ClientTail.Softmax());
    assertThat(
            check(scores().node("LogSoftmax", List.of("h"), "y", integer("axis", -1)).output("y"))
                .tail())
        .isEqualTo(new ClientTail.LogSoftmax());
  }

  @Test
  void keepsASigmoidThatTheServerNeeds() throws Exception {
    OnnxBuilder builder =
        scores()
            .weights("v", 3, 2)
            .node("Sigmoid", List.of("h"), "s")
            .node("MatMul", List.of("s", "v"), "y")
            .output("y");
    Graph graph = RuntimeComparison.check(builder);
    assertThat(graph.tail()).isEqualTo(new ClientTail.None());
    assertThat(graph.node(2).operator()).isEqualTo(new Operator.Activation(ActivationKind.SIGMOID));
  }

  @Test
  void describesSeveralOutputsOfOneCore() throws Exception {
    OnnxBuilder builder =
        scores()
            .node("ArgMax", List.of("h"), "class", integer("axis", 1))
            .node("Softmax", List.of("h"), "p")
            .output("class")
            .output("p")
            .output("h");
    Graph graph = check(builder);
    assertThat(graph.modelInterface().outputNames()).containsExactly("class", "p", "h");
    assertThat(graph.modelInterface().outputTails())
        .containsExactly(new ClientTail.ArgMax(), new ClientTail.Softmax(), new ClientTail.None());
    assertThat(graph.modelInterface().firstFloatOutput()).isEqualTo("p");
    assertThat(graph.tail()).isEqualTo(new ClientTail.Softmax());
  }

  @Test
  void prefersTheFirstFloatOutput() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("logreg_breast_cancer"));
    assertThat(graph.tail()).isEqualTo(new ClientTail.None());
    assertThat(graph.modelInterface().firstFloatOutput()).isEqualTo("logit");
    assertThat(graph.modelInterface().outputTails())
        .containsExactly(new ClientTail.None(), new ClientTail.Sigmoid());
  }

  @Test
  void fallsBackToTheCoreWhereNoOutputIsAFloat() throws Exception {
    Graph graph =
        check(scores().node("ArgMax", List.of("h"), "y", integer("axis", -1)).output("y"));
    assertThat(graph.modelInterface().firstFloatOutput()).isEqualTo("h");
    assertThat(graph.modelInterface().outputTails()).containsExactly(new ClientTail.ArgMax());
  }

  @Test
  void chainsClientSteps() throws Exception {
    OnnxBuilder builder =
        scores()
            .integers("s", -1, 3)
            .node("Softmax", List.of("h"), "p")
            .node("Reshape", List.of("p", "s"), "q")
            .node("Sigmoid", List.of("q"), "y")
            .output("y");
    assertThat(check(builder).tail())
        .isEqualTo(new ClientTail.Sequence(new ClientTail.Softmax(), new ClientTail.Sigmoid()));
  }

  @Test
  void refusesToComputeOnWhatOnlyTheClientHas() throws Exception {
    OnnxBuilder builder =
        scores()
            .weights("v", 3, 2)
            .node("Softmax", List.of("h"), "s")
            .node("MatMul", List.of("s", "v"), "y")
            .output("y");
    OnnxImportException refusal = RuntimeComparison.refusal(builder);
    assertThat(refusal).hasMessageContaining("Softmax").hasMessageContaining("end of a model");
    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED_OPERATORS);
  }

  @Test
  void refusesOutputsOfDifferentTensors() throws Exception {
    OnnxBuilder builder =
        scores().weights("v", 3, 2).node("MatMul", List.of("h", "v"), "y").output("h").output("y");
    assertThat(RuntimeComparison.refusal(builder).reason()).isEqualTo(Reason.UNSUPPORTED_GRAPH);
  }

  @Test
  void refusesAxesThatDoNotCoverARow() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(2, 3, 4)
            .weights("c", 2, 2, 1, 1)
            .node("Conv", List.of("x", "c"), "h")
            .node("Softmax", List.of("h"), "y", integer("axis", 1))
            .output("y");
    assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("all elements of a row");
  }

  @Test
  void picksTheLargestOnTheClient() throws Exception {
    for (int largest = 0; largest < 2; largest++) {
      OnnxBuilder builder =
          OnnxBuilder.rows(6)
              .weights("w", 6, 5)
              .integers("k", 3)
              .node("MatMul", List.of("x", "w"), "h")
              .nodeOf(
                  "",
                  "TopK",
                  List.of("h", "k"),
                  List.of("v", "i"),
                  OnnxBuilder.integer("largest", largest))
              .output("v")
              .output("i");
      Graph graph = RuntimeComparison.check(builder);
      assertThat(graph.tail()).isEqualTo(new ClientTail.TopK(3, largest == 1, false));
      assertThat(graph.modelInterface().outputTails().get(1).isIndex()).isTrue();
    }
    OnnxBuilder inner =
        OnnxBuilder.rows(6)
            .weights("w", 2, 2)
            .integers("k", 2)
            .nodeOf("", "TopK", List.of("x", "k"), List.of("v", "i"))
            .node("MatMul", List.of("v", "w"), "y")
            .output("y");
    assertThat(RuntimeComparison.refusal(inner)).hasMessageContaining("at the end of a model");
  }

  @Test
  void normalizesOnTheClient() throws Exception {
    String domain = OperatorCatalog.CLASSICAL_DOMAIN;
    for (Norm norm : Norm.values()) {
      OnnxBuilder builder =
          OnnxBuilder.rows(6)
              .importing(domain, 3)
              .weights("w", 6, 5)
              .node("MatMul", List.of("x", "w"), "h")
              .nodeOf(
                  domain,
                  "Normalizer",
                  List.of("h"),
                  List.of("y"),
                  OnnxBuilder.text("norm", norm.name()))
              .output("y");
      assertThat(RuntimeComparison.check(builder).tail()).isEqualTo(new ClientTail.Normalize(norm));
    }
  }
}
