package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IrPrinterTest {
  @Test
  void printsOneLineANode() throws Exception {
    assertThat(OnnxImporter.read(TestModels.model("tenseal_cnn_square")).toString())
        .isEqualTo(
            """
            graph main_graph
              %0 = input : 1x28x28  # input
              %1 = convolution(%0) 1x28x28 -> 4x8x8 kernel 7x7 stride 3x3 pad 0,0 dilation 1x1 \
            groups 1 : 4x8x8  # /0/Conv
              %2 = polynomial(%1) 1.0 x^2 : 4x8x8  # /1/Mul
              %3 = dense(%2) 64x256 matrix : 64  # /3/Gemm
              %4 = polynomial(%3) 1.0 x^2 : 64  # /4/Mul
              %5 = dense(%4) 10x64 matrix : 10  # /5/Gemm
              return %5  # logits : 10
              client: None -> logits
            """);
  }

  @Test
  void printsActivationsAndTails() throws Exception {
    assertThat(OnnxImporter.read(TestModels.model("mlp_silu")).toString())
        .contains("%2 = silu(%1) : 128  # /2/Mul");
    assertThat(OnnxImporter.read(TestModels.model("logreg_breast_cancer_sklearn")).toString())
        .contains("client: LinearClassifier[postTransform=LOGISTIC, labels=[0, 1]]");
  }

  @Test
  void printsJoinsWithAllOperands() {
    assertThat(JoinedNetwork.build().toString())
        .contains("%1 = sparse(%0) 3x3 matrix, 3 entries : 3  # r")
        .contains("%2 = add(%1, %0) : 3  # s")
        .contains("%3 = multiply(%2, %0) : 3  # p");
  }
}
