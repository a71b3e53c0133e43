package io.silenda.dp.scattering;

/**
 * A filter of finite support, applied as ONNX Conv applies it (a correlation).
 *
 * @param radius of the support, which is a square of 2 radius + 1 pixels a side
 * @param real real part, row by row
 * @param imaginary imaginary part; zeros for a low-pass
 */
public record Kernel(int radius, float[] real, float[] imaginary) {
  private static final double BASE_DEVIATION = 0.8;
  private static final double BASE_FREQUENCY = 0.75 * Math.PI;
  private static final double SUPPORT_DEVIATIONS = 3;

  /** Takes copies. */
  public Kernel {
    real = real.clone();
    imaginary = imaginary.clone();
  }

  @Override
  public float[] real() {
    return real.clone();
  }

  @Override
  public float[] imaginary() {
    return imaginary.clone();
  }

  /** Pixels a side. */
  public int side() {
    return 2 * radius + 1;
  }

  /**
   * Morlet wavelet of octave {@code octave}: a wave of frequency 3π/4 / 2^octave under a normal
   * window of deviation 0.8 · 2^octave, which is longer across the wave where there are many angles
   * (Bruna and Mallat 2013, section 3; slant 4/angles). Its sum is zero over the cut support, as
   * the part of the window that is subtracted is found there.
   */
  static Kernel morlet(int octave, double angle, int angles, double gain) {
    double deviation = BASE_DEVIATION * (1 << octave);
    double slant = 4.0 / angles;
    int radius = (int) Math.ceil(SUPPORT_DEVIATIONS * deviation / Math.min(1, slant));
    double[] window = window(radius, deviation, slant, angle);
    double frequency = BASE_FREQUENCY / (1 << octave);
    int side = 2 * radius + 1;
    double[] phases = new double[window.length];
    double cosine = 0;
    double sine = 0;
    for (int i = 0; i < window.length; i++) {
      phases[i] =
          frequency
              * ((i % side - radius) * Math.cos(angle) + (i / side - radius) * Math.sin(angle));
      cosine += window[i] * Math.cos(phases[i]);
      sine += window[i] * Math.sin(phases[i]);
    }
    float[] real = new float[window.length];
    float[] imaginary = new float[window.length];
    for (int i = 0; i < window.length; i++) {
      real[i] = (float) (gain * window[i] * (Math.cos(phases[i]) - cosine));
      imaginary[i] = (float) (gain * window[i] * (Math.sin(phases[i]) - sine));
    }
    return new Kernel(radius, real, imaginary);
  }

  /** Normal window of deviation 0.8 · 2^octave. */
  static Kernel lowPass(int octave, double gain) {
    double deviation = BASE_DEVIATION * (1 << octave);
    int radius = (int) Math.ceil(SUPPORT_DEVIATIONS * deviation);
    double[] window = window(radius, deviation, 1, 0);
    float[] real = new float[window.length];
    for (int i = 0; i < real.length; i++) {
      real[i] = (float) (gain * window[i]);
    }
    return new Kernel(radius, real, new float[real.length]);
  }

  /** A normal density cut to the support, of sum 1. */
  private static double[] window(int radius, double deviation, double slant, double angle) {
    int side = 2 * radius + 1;
    double[] values = new double[side * side];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      int x = i % side - radius;
      int y = i / side - radius;
      double along = x * Math.cos(angle) + y * Math.sin(angle);
      double across = slant * (y * Math.cos(angle) - x * Math.sin(angle));
      values[i] = Math.exp(-(along * along + across * across) / (2 * deviation * deviation));
      sum += values[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= sum;
    }
    return values;
  }
}
