package io.silenda.infer.enclave.outsource;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.ConvolutionGeometry;
import io.silenda.infer.graph.Matrix;
import io.silenda.infer.graph.Operator;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the enclave's own thread has to do for a layer, against computing it there with ONNX
 * Runtime; prints processor times, and judges only values.
 */
class OutsourceFiguresIT {
  private static final long SEED = 990;
  private static final PrimeField FIELD = PrimeField.MERSENNE_31;
  private static final int ROUNDS = 5;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void denseLayers() throws Exception {
    print(dense(256), 16);
    print(dense(1024), 1);
    print(dense(1024), 64);
    print(dense(2048), 64);
  }

  @Test
  void convolutions() throws Exception {
    print(convolution(32, 28), 1);
    print(convolution(128, 14), 1);
  }

  private void print(Operator operator, int rows) throws Exception {
    QuantizedLayer quantized = quantized(operator);
    FieldMap map = quantized.map();
    double[] inputs = random.doubles((long) rows * map.inputSize(), -1, 1).toArray();
    try (InsideLayer inside = InsideLayer.load(operator);
        RuntimeAccelerator accelerator = RuntimeAccelerator.open(FIELD, List.of(map), 1);
        RuntimeAccelerator trusted = RuntimeAccelerator.open(FIELD, List.of(map), 1)) {
      long[] away = new long[1];
      OutsourcedLayer layer =
          new OutsourcedLayer(
              0,
              quantized,
              FIELD,
              2,
              (n, in, count) -> {
                long start = cpuNanos();
                int[] images = accelerator.multiply(n, in, count);
                away[0] = cpuNanos() - start;
                return images;
              });
      double[][] millis = new double[4][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        long start = cpuNanos();
        double[] expected = inside.run(inputs, rows);
        millis[0][round] = (cpuNanos() - start) / 1e6;
        start = cpuNanos();
        layer.preparePads(rows, trusted);
        millis[1][round] = (cpuNanos() - start) / 1e6;
        start = cpuNanos();
        double[] outputs = layer.apply(inputs, rows);
        millis[2][round] = (cpuNanos() - start - away[0]) / 1e6;
        millis[3][round] = away[0] / 1e6;
        assertThat(largestDifference(outputs, expected)).isLessThan(0.01);
      }
      report(operator, rows, millis);
    }
  }

  /** Relative to the largest value. */
  private static double largestDifference(double[] seen, double[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(seen[i] - expected[i]));
    }
    return difference / largest;
  }

  private static void report(Operator operator, int rows, double[][] millis) {
    double[] medians = new double[millis.length];
    for (int i = 0; i < millis.length; i++) {
      Arrays.sort(millis[i]);
      medians[i] = millis[i][ROUNDS / 2];
    }
    System.out.printf(
        "outsource %s, %d rows: all inside %.2f ms, online %.2f ms, pads %.2f ms, accelerator %.2f"
            + " ms; speed-up %.2f online, %.2f with pads, %.2f on one processor%n",
        operator instanceof Operator.Convolution c
            ? c.geometry().inChannels() + " channels of " + c.geometry().inHeight() + "^2"
            : "dense " + ((Operator.Dense) operator).weights().rows(),
        rows,
        medians[0],
        medians[2],
        medians[1],
        medians[3],
        medians[0] / medians[2],
        medians[0] / (medians[1] + medians[2]),
        medians[0] / (medians[1] + medians[2] + medians[3]));
  }

  private static QuantizedLayer quantized(Operator operator) {
    return operator instanceof Operator.Convolution convolution
        ? QuantizedLayer.of(convolution)
        : QuantizedLayer.of((Operator.Dense) operator);
  }

  private Operator dense(int size) {
    double[] weights = random.doubles((long) size * size, -0.05, 0.05).toArray();
    return new Operator.Dense(Matrix.of(size, size, weights), new double[size]);
  }

  private Operator convolution(int channels, int size) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            channels, size, size, channels, size, size, 3, 3, 1, 1, 1, 1, 1, 1, 1);
    double[] weights = random.doubles(geometry.weightCount(), -0.05, 0.05).toArray();
    return new Operator.Convolution(geometry, weights, new double[channels]);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
