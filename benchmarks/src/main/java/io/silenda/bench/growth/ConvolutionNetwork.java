package io.silenda.bench.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Nine convolutions of 3 x 3 with 64 channels on images of 28 x 28, each followed by a ReLU, the
 * mean of each channel, and a dense layer: 0.46 billion floating-point operations a row, about ten
 * milliseconds of one core. Its answers mean nothing: only what they cost does.
 */
public final class ConvolutionNetwork {
  /** Values of a row. */
  public static final int ROW_SIZE = 28 * 28;

  private static final int LAYERS = 9;
  private static final int CHANNELS = 64;
  private static final int KERNEL = 3;
  private static final int CLASSES = 10;

  private ConvolutionNetwork() {}

  /**
   * Writes it as an ONNX file.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file) throws IOException {
    OnnxWriter model = new OnnxWriter();
    model.input("x", 1, 28, 28);
    String last = "x";
    for (int layer = 0; layer < LAYERS; layer++) {
      last = convolution(model, last, layer);
    }
    model.node("GlobalAveragePool", "means", last);
    model.node("Flatten", "flat", "means");
    model.weights("dense_weights", 1 / Math.sqrt(CHANNELS), CHANNELS, CLASSES);
    model.node("MatMul", "logits", "flat", "dense_weights");
    model.output("logits", CLASSES);
    Files.write(file, model.bytes());
  }

  private static String convolution(OnnxWriter model, String input, int layer) {
    int channels = layer == 0 ? 1 : CHANNELS;
    String weights = "weights" + layer;
    // He initialisation (arXiv 1502.01852): what follows a ReLU keeps its size.
    double deviation = Math.sqrt(2.0 / (channels * KERNEL * KERNEL));
    model.weights(weights, deviation, CHANNELS, channels, KERNEL, KERNEL);
    model.node("Conv", "convolution" + layer, input, weights);
    model.attribute("pads", 1, 1, 1, 1);
    model.node("Relu", "relu" + layer, "convolution" + layer);
    return "relu" + layer;
  }
}
