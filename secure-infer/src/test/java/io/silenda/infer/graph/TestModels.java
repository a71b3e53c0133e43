package io.silenda.infer.graph;

import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

  /** Every model of the folders {@code models} and {@code zoo}, by name. */
  public static List<Path> all() throws IOException {
    List<Path> models = new ArrayList<>();
    for (Path folder : List.of(parent(file("README.md")), parent(zoo()))) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.onnx")) {
        files.forEach(models::add);
      }
    }
    Collections.sort(models);
    return models;
  }

  private static Path zoo() {
    return parent(parent(file("README.md"))).resolve("zoo/README.md");
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.normalize().getParent());
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
