package io.silenda.bench.overhead;

import io.silenda.bench.backend.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The networks of the demo folder. */
public final class DemoSubjects {
  private static final int CALIBRATION_ROWS = 100;

  private DemoSubjects() {}

  /** All networks in the folder, exact ones first. */
  public static List<Subject> in(Path folder) {
    List<Subject> subjects = new ArrayList<>();
    for (String name : List.of("mlp_square", "tenseal_cnn_square", "cryptonets_square")) {
      subjects.add(digits(folder, name, 0));
    }
    for (String name : List.of("logreg_breast_cancer", "logreg_breast_cancer_sklearn")) {
      subjects.add(patients(folder, name));
    }
    for (String name : List.of("mlp_silu", "cnn_relu")) {
      subjects.add(digits(folder, name, CALIBRATION_ROWS));
    }
    return List.copyOf(subjects);
  }

  private static Subject digits(Path folder, String name, int calibrationRows) {
    return new Subject(
        name,
        folder.resolve(name + ".onnx").toString(),
        folder.resolve("mnist_test_x_u8.npy").toString(),
        folder.resolve("mnist_test_y.npy").toString(),
        255,
        calibrationRows);
  }

  private static Subject patients(Path folder, String name) {
    return new Subject(
        name,
        folder.resolve(name + ".onnx").toString(),
        folder.resolve("breast_cancer_test_x.npy").toString(),
        folder.resolve("breast_cancer_test_y.npy").toString(),
        1,
        0);
  }
}
