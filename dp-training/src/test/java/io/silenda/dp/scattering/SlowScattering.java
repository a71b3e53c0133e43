package io.silenda.dp.scattering;

import java.util.ArrayList;
import java.util.List;

/** The transform of an image that is nowhere negative by its definition, one sum a pixel. */
final class SlowScattering {
  private final FilterBank bank;
  private final List<Double> all = new ArrayList<>();

  private SlowScattering(FilterBank bank) {
    this.bank = bank;
  }

  static List<Double> of(FilterBank bank, double[][] image) {
    SlowScattering slow = new SlowScattering(bank);
    slow.orders(image);
    return slow.all;
  }

  private void orders(double[][] image) {
    average(image, 0);
    for (int octave = 0; octave < bank.scales(); octave++) {
      for (Kernel wavelet : bank.wavelets(octave)) {
        average(modulus(image, wavelet, 1 << octave), octave);
      }
    }
    for (int first = 0; first < bank.scales(); first++) {
      for (int second = first + 1; second < bank.scales(); second++) {
        for (Kernel wavelet : bank.wavelets(first)) {
          double[][] map = modulus(image, wavelet, 1 << first);
          for (Kernel next : bank.wavelets(second - first)) {
            average(modulus(map, next, 1 << (second - first)), second);
          }
        }
      }
    }
  }

  private void average(double[][] map, int resolution) {
    int stride = 1 << (bank.scales() - resolution);
    for (double[] row : modulus(map, bank.lowPass(resolution), stride)) {
      for (double value : row) {
        all.add(value);
      }
    }
  }

  private static double[][] modulus(double[][] map, Kernel kernel, int stride) {
    double[][] result = new double[map.length / stride][map[0].length / stride];
    for (int y = 0; y < result.length; y++) {
      for (int x = 0; x < result[0].length; x++) {
        result[y][x] =
            Math.hypot(
                sum(map, kernel, kernel.real(), y * stride, x * stride),
                sum(map, kernel, kernel.imaginary(), y * stride, x * stride));
      }
    }
    return result;
  }

  private static double sum(double[][] map, Kernel kernel, float[] weights, int y, int x) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      int row = y + i / kernel.side() - kernel.radius();
      int column = x + i % kernel.side() - kernel.radius();
      if (row >= 0 && row < map.length && column >= 0 && column < map[0].length) {
        sum += weights[i] * map[row][column];
      }
    }
    return sum;
  }
}
