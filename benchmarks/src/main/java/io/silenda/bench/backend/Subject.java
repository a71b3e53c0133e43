package io.silenda.bench.backend;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A network and the rows that it is measured on. Text and numbers only, so that it can be handed to
 * another process.
 *
 * @param name in reports
 * @param model the ONNX file
 * @param rows an {@code .npy} file
 * @param labels an {@code .npy} file of classes; empty if there is none
 * @param divisor what rows are divided by before the model gets them
 * @param calibrationRows how many rows from the end show the range of activations; 0 for a network
 *     whose activations are polynomials
 */
public record Subject(
    String name, String model, String rows, String labels, double divisor, int calibrationRows) {

  /** Of several the cheapest to encrypt: those with polynomials first, then by size of the file. */
  public static Subject smallest(List<Subject> subjects) {
    return subjects.stream()
        .min(
            Comparator.comparingInt(Subject::calibrationRows)
                .thenComparingLong(subject -> size(Path.of(subject.model()))))
        .orElseThrow();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The rows, scaled. */
  public Tensor readRows() throws NpyFormatException {
    Tensor read = Npy.read(Path.of(rows));
    float[] values = read.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / divisor);
    }
    return Tensor.of(read.shape(), values);
  }

  /** The model, calibrated where it needs to be. */
  public PrivateModel readModel()
      throws OnnxImportException, NpyFormatException, PrivateInferenceException {
    PrivateModel read = PrivateModel.fromOnnx(Path.of(model));
    if (calibrationRows == 0) {
      return read;
    }
    Tensor all = readRows();
    return read.calibrate(all.rows(Math.max(0, all.rows() - calibrationRows), all.rows()));
  }

  /** Classes of the rows; empty without labels. */
  public int[] readLabels() throws NpyFormatException {
    if (labels.isEmpty()) {
      return new int[0];
    }
    float[] values = Npy.read(Path.of(labels)).values();
    int[] classes = new int[values.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = Math.round(values[i]);
    }
    return classes;
  }
}
