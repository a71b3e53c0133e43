package io.silenda.bench.growth;

import io.silenda.bench.backend.Subject;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Dense layers of one width with squares between them, weights drawn so that values keep their
 * size. Answers mean nothing: only what they cost does.
 */
public final class SyntheticNetwork {
  private static final int ROWS = 8;

  private final OnnxWriter model = new OnnxWriter();
  private final int width;

  private SyntheticNetwork(int width) {
    this.width = width;
  }

  /**
   * Writes a network and rows for it.
   *
   * @param squares how many squares stand between its layers
   */
  public static Subject write(Path folder, int width, int squares) throws IOException {
    String name = "dense" + width + "x" + squares;
    Path model = folder.resolve(name + ".onnx");
    Path rows = folder.resolve(name + ".npy");
    Files.write(model, new SyntheticNetwork(width).bytes(squares));
    Npy.write(rows, rows(width));
    return new Subject(name, model.toString(), rows.toString(), "", 1, 0);
  }

  private static Tensor rows(int width) {
    Random random = new Random(2);
    float[] values = new float[ROWS * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(new int[] {ROWS, width}, values);
  }

  private byte[] bytes(int squares) {
    model.input("x", width);
    String last = dense("x", 0);
    for (int i = 1; i <= squares; i++) {
      model.node("Mul", "square" + i, last, last);
      last = dense("square" + i, i);
    }
    model.output(last, width);
    return model.bytes();
  }

  private String dense(String input, int index) {
    String weights = "weights" + index;
    // Rows lie in -1..1: this variance keeps layers and squares there.
    model.weights(weights, 1 / Math.sqrt(width), width, width);
    model.node("MatMul", "dense" + index, input, weights);
    return "dense" + index;
  }
}
