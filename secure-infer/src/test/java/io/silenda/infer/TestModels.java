package io.silenda.infer;

import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The networks and rows of the test resources. */
public final class TestModels {
  private TestModels() {}

  public static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(TestModels.class.getResource("/models/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Tensor digits(int from, int to) throws NpyFormatException {
    Tensor bytes = Npy.read(file("mnist_test_x_u8.npy")).rows(from, to);
    float[] values = bytes.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    return Tensor.of(bytes.shape(), values);
  }

  public static Tensor patients() throws NpyFormatException {
    return Npy.read(file("breast_cancer_test_x.npy"));
  }
}
