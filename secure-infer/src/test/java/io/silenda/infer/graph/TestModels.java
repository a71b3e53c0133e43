package io.silenda.infer.graph;

import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The models and vectors of the test resources; see their README. */
public final class TestModels {
  /** Networks on MNIST digits, each with {@code NAME_logits.npy}. */
  public static final List<String> DIGITS =
      List.of("cryptonets_square", "tenseal_cnn_square", "mlp_square", "mlp_silu", "cnn_relu");

  /** Logistic regressions on the breast-cancer rows. */
  public static final List<String> REGRESSIONS =
      List.of("logreg_breast_cancer", "logreg_breast_cancer_sklearn");

  private TestModels() {}

  /** A file of the folder {@code models}. */
  public static Path file(String name) {
    URL url = Objects.requireNonNull(TestModels.class.getResource("/models/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model {@code name}.onnx. */
  public static Path model(String name) {
    return file(name + ".onnx");
  }

  /** The array {@code name}.npy. */
  public static Tensor array(String name) throws NpyFormatException {
    return Npy.read(file(name + ".npy"));
  }

  /** 300 digits, pixels divided by 255. */
  public static Tensor digits() throws NpyFormatException {
    Tensor pixels = array("mnist_test_x_u8");
    float[] values = pixels.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    return Tensor.of(new int[] {pixels.rows(), 1, 28, 28}, values);
  }

  /** One row as doubles. */
  public static double[] row(Tensor tensor, int row) {
    float[] values = tensor.row(row);
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
