package io.silenda.infer;

import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** The networks of the test resources' folder {@code zoo}; see its README. */
enum Zoo {
  FASHION_CNN("fashion"),
  RESIDUAL_CUBIC("fashion"),
  MLP_SIGMOID("fashion"),
  MLP_TANH("fashion"),
  MLP_GELU("fashion"),
  MLP_GELU_FAR("fashion"),
  GROUPED_DILATED("wide"),
  SIGNAL_CONV1D("signals"),
  DENSE_IN_A_ROW("fashion"),
  LENET5("fashion"),
  LENET5_SMALL("fashion"),
  CIFAR_SHAPE("coloured"),
  CHANNELS_LAST("last"),
  SK_SCALED_LOGISTIC("cancer"),
  SK_SCALED_MLP_TANH("cancer"),
  SK_LINEAR("diabetes"),
  SK_SVR_CUBIC("diabetes");

  private final String rows;

  Zoo(String rows) {
    this.rows = rows;
  }

  Path model() {
    return file(name().toLowerCase(Locale.ROOT) + ".onnx");
  }

  Tensor testRows() throws NpyFormatException {
    return Npy.read(file(rows + "_test.npy"));
  }

  Tensor calibrationRows() throws NpyFormatException {
    return Npy.read(file(rows + "_calibration.npy"));
  }

  private static Path file(String name) {
    URL url = Objects.requireNonNull(Zoo.class.getResource("/zoo/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
