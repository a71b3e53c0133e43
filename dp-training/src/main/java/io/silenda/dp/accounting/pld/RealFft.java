package io.silenda.dp.accounting.pld;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Discrete Fourier transform of 2^k reals, twiddles from tables.
 *
 * <p>Commons Math's transform makes its twiddles by repeated multiplication, so that its error
 * bound grows with the length and not with the logarithm of it; a bound that is added to delta
 * wants the logarithm.
 */
final class RealFft {
  private static final int LARGEST_KEPT = 1 << 18;
  private static final Map<Integer, RealFft> KEPT = new ConcurrentHashMap<>();

  private final int half;
  private final double[] cos;
  private final double[] sin;

  private RealFft(int length) {
    half = length / 2;
    cos = new double[half + 1];
    sin = new double[half + 1];
    for (int k = 0; k <= half; k++) {
      cos[k] = Math.cos(Math.PI * k / half);
      sin[k] = Math.sin(Math.PI * k / half);
    }
  }

  /** Transform for {@code length} reals, a power of two of at least 4. */
  static RealFft ofLength(int length) {
    if (length < 4 || Integer.bitCount(length) != 1) {
      throw new IllegalArgumentException("length " + length + " is not a power of two from 4 on");
    }
    return length <= LARGEST_KEPT
        ? KEPT.computeIfAbsent(length, RealFft::new)
        : new RealFft(length);
  }

  /**
   * Bound on ||computed - exact|| / ||exact|| in the 2-norm for one transform (Higham, Accuracy and
   * Stability of Numerical Algorithms, theorem 24.2, with twiddles good to one ulp; two stages more
   * for the real packing).
   */
  static double relativeError(int length) {
    int stages = Integer.numberOfTrailingZeros(length) + 2;
    return stages * 9 * 0x1p-53;
  }

  /** Spectrum of {@code values}: length / 2 + 1 coefficients; {@code values} is left as it is. */
  Spectrum forward(double[] values) {
    double[] re = new double[half + 1];
    double[] im = new double[half + 1];
    for (int k = 0; k < half; k++) {
      re[k] = values[2 * k];
      im[k] = values[2 * k + 1];
    }
    transform(re, im);
    re[half] = re[0];
    im[half] = im[0];
    for (int k = 0; k <= half / 2; k++) {
      split(re, im, k);
    }
    return new Spectrum(re, im);
  }

  /** The reals whose spectrum is given; overwrites the spectrum. */
  double[] inverse(Spectrum spectrum) {
    double[] re = spectrum.re();
    double[] im = spectrum.im();
    for (int k = 0; k <= half / 2; k++) {
      join(re, im, k);
    }
    // The inverse is the forward transform of the conjugate, conjugated.
    for (int k = 0; k < half; k++) {
      im[k] = -im[k];
    }
    transform(re, im);
    double[] values = new double[2 * half];
    for (int k = 0; k < half; k++) {
      values[2 * k] = re[k] / half;
      values[2 * k + 1] = -im[k] / half;
    }
    return values;
  }

  /** Coefficients k and half - k of the real transform from those of the packed complex one. */
  private void split(double[] re, double[] im, int k) {
    int m = half - k;
    double evenRe = 0.5 * (re[k] + re[m]);
    double evenIm = 0.5 * (im[k] - im[m]);
    double oddRe = 0.5 * (im[k] + im[m]);
    double oddIm = 0.5 * (re[m] - re[k]);
    double turnedRe = oddRe * cos[k] + oddIm * sin[k];
    double turnedIm = oddIm * cos[k] - oddRe * sin[k];
    re[k] = evenRe + turnedRe;
    im[k] = evenIm + turnedIm;
    re[m] = evenRe - turnedRe;
    im[m] = turnedIm - evenIm;
  }

  /** Undoes {@link #split}. */
  private void join(double[] re, double[] im, int k) {
    int m = half - k;
    double evenRe = 0.5 * (re[k] + re[m]);
    double evenIm = 0.5 * (im[k] - im[m]);
    double turnedRe = 0.5 * (re[k] - re[m]);
    double turnedIm = 0.5 * (im[k] + im[m]);
    double oddRe = turnedRe * cos[k] - turnedIm * sin[k];
    double oddIm = turnedIm * cos[k] + turnedRe * sin[k];
    re[k] = evenRe - oddIm;
    im[k] = evenIm + oddRe;
    re[m] = evenRe + oddIm;
    im[m] = oddRe - evenIm;
  }

  /** Complex transform of {@code half} points in place. */
  private void transform(double[] re, double[] im) {
    reverseBits(re, im);
    for (int size = 1; size < half; size *= 2) {
      int stride = half / size;
      for (int j = 0; j < size; j++) {
        double c = cos[j * stride];
        double s = sin[j * stride];
        for (int a = j; a < half; a += 2 * size) {
          int b = a + size;
          double x = re[b] * c + im[b] * s;
          double y = im[b] * c - re[b] * s;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  private void reverseBits(double[] re, double[] im) {
    int shift = 32 - Integer.numberOfTrailingZeros(half);
    for (int k = 1; k < half - 1; k++) {
      int j = Integer.reverse(k) >>> shift;
      if (j > k) {
        double x = re[k];
        re[k] = re[j];
        re[j] = x;
        double y = im[k];
        im[k] = im[j];
        im[j] = y;
      }
    }
  }

  /** Half of a Hermitian spectrum. */
  record Spectrum(double[] re, double[] im) {}
}
