package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateModelTest {
  @TempDir private Path folder;

  @Test
  void anActivationWithoutCalibrationIsRefused() throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(SmallNetworks.withActivation(folder, "Relu"));
    assertThatThrownBy(() -> model.compile(CompileOptions.automatic()))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ACTIVATION_NOT_POLYNOMIAL))
        .hasMessageContaining("RELU")
        .hasMessageNotContaining("\n");
  }

  @Test
  void calibrationRowsOfAnotherShapeAreRefused() throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(SmallNetworks.withActivation(folder, "Relu"));
    Tensor wrong = Tensor.of(new int[] {2, 5}, new float[10]);
    assertThatThrownBy(() -> model.calibrate(wrong))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.INPUT_SHAPE))
        .hasMessageContaining("[2, 5]");
  }

  @Test
  void theReportNamesActivationsAndTheirError() throws Exception {
    CompiledModel compiled = compile("Gelu", CompileOptions.automatic());
    assertThat(compiled.activations()).hasSize(1);
    assertThat(compiled.activations().get(0).function()).isEqualTo("GELU");
    assertThat(compiled.approximationError().relativeError()).isPositive().isLessThan(0.15);
    assertThat(compiled.predictedMaxError()).isPositive();
    assertThat(compiled.dumpIr()).contains("approximation").contains("of gelu, degree");
  }

  @Test
  void anErrorBoundHoldsForApproximationAndNoiseTogether() throws Exception {
    for (double bound : new double[] {0.5, 0.1, 0.02}) {
      CompiledModel compiled =
          compile("Tanh", CompileOptions.automatic().withBatch(1).withMaxError(bound));
      double approximation = compiled.approximationError().maxAbsError();
      assertThat(approximation + compiled.predictedMaxError())
          .as("bound %s", bound)
          .isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void featuresOfDifferentSizesNeedNoScaling() throws Exception {
    float[] rows = new float[100 * SmallNetworks.INPUTS];
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) (0.01 * Math.pow(10, i % SmallNetworks.INPUTS) * random.nextDouble(-1, 1));
    }
    PrivateModel model =
        PrivateModel.fromOnnx(SmallNetworks.unscaledFeatures(folder))
            .calibrate(Tensor.of(new int[] {100, SmallNetworks.INPUTS}, rows));
    CompiledModel compiled = model.compile(CompileOptions.automatic());
    // One prime does not hold the products: a stage behind the layer makes room.
    assertThat(compiled.dumpIr()).contains("/answer");
    assertThat(compiled.parameters().dataPrimeBits()).hasSize(2);
    assertThat(compiled.predictedMaxError()).isLessThan(0.01);
  }

  private CompiledModel compile(String activation, CompileOptions options) throws Exception {
    SplittableRandom random = new SplittableRandom(8);
    float[] rows = new float[100 * SmallNetworks.INPUTS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextDouble(-1, 1);
    }
    return PrivateModel.fromOnnx(SmallNetworks.withActivation(folder, activation))
        .calibrate(Tensor.of(new int[] {100, SmallNetworks.INPUTS}, rows))
        .compile(options);
  }
}
