package io.silenda.dp.scattering;

import java.util.Arrays;

/**
 * Sums of squared frequency responses on a square grid of frequencies. A filter of radius r has a
 * squared response that is a trigonometric polynomial of degree 2r in each axis, so that its
 * largest value on a grid of n points an axis is below its supremum by at most cos(2πr/n)^2 (Ehlich
 * and Zeller 1964).
 */
final class Spectrum {
  private final int size;
  private final double[] squares;
  private int radius;

  Spectrum(int size) {
    this.size = size;
    squares = new double[size * size];
  }

  /** Adds the mean of the squared responses at a frequency and its negative. */
  void add(Kernel kernel) {
    radius = Math.max(radius, kernel.radius());
    double[] response = response(kernel);
    for (int v = 0; v < size; v++) {
      for (int u = 0; u < size; u++) {
        int negative = (size - v) % size * size + (size - u) % size;
        squares[v * size + u] += (response[v * size + u] + response[negative]) / 2;
      }
    }
  }

  /** Bound on the sum at any frequency. */
  double bound() {
    double cosine = Math.cos(2 * Math.PI * radius / size);
    return Arrays.stream(squares).max().orElse(0) / (cosine * cosine);
  }

  private double[] response(Kernel kernel) {
    int side = kernel.side();
    double[] cosines = new double[size];
    double[] sines = new double[size];
    for (int k = 0; k < size; k++) {
      cosines[k] = Math.cos(2 * Math.PI * k / size);
      sines[k] = Math.sin(2 * Math.PI * k / size);
    }
    double[] real = new double[side * size];
    double[] imaginary = new double[side * size];
    float[] kernelReal = kernel.real();
    float[] kernelImaginary = kernel.imaginary();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        float re = kernelReal[y * side + x];
        float im = kernelImaginary[y * side + x];
        for (int u = 0; u < size; u++) {
          int k = u * x % size;
          real[y * size + u] += re * cosines[k] + im * sines[k];
          imaginary[y * size + u] += im * cosines[k] - re * sines[k];
        }
      }
    }
    return columns(real, imaginary, cosines, sines, side);
  }

  private double[] columns(
      double[] real, double[] imaginary, double[] cosines, double[] sines, int side) {
    double[] response = new double[size * size];
    for (int v = 0; v < size; v++) {
      double[] re = new double[size];
      double[] im = new double[size];
      for (int y = 0; y < side; y++) {
        double cosine = cosines[v * y % size];
        double sine = sines[v * y % size];
        for (int u = 0; u < size; u++) {
          re[u] += real[y * size + u] * cosine + imaginary[y * size + u] * sine;
          im[u] += imaginary[y * size + u] * cosine - real[y * size + u] * sine;
        }
      }
      for (int u = 0; u < size; u++) {
        response[v * size + u] = re[u] * re[u] + im[u] * im[u];
      }
    }
    return response;
  }
}
