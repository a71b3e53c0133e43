package io.silenda.dp.accounting.pld;

import java.util.Arrays;

/**
 * Discrete Fourier transform of 2^k reals, two layers of butterflies a pass, twiddles from tables.
 *
 * <p>Commons Math's transform makes its twiddles by repeated multiplication, so that its error
 * bound grows with the length and not with the logarithm of it; a bound that is added to delta
 * wants the logarithm.
 */
final class RealFft {
  private final int half;

  /** Of sizes 1, 2, 4 and so on, the last of {@link #half}. */
  private final Roots[] roots;

  private RealFft(int length) {
    half = length / 2;
    roots = new Roots[Integer.numberOfTrailingZeros(length)];
    Arrays.setAll(roots, log2 -> Roots.ofSize(1 << log2));
  }

  private Roots last() {
    return roots[roots.length - 1];
  }

  /** Transform for {@code length} reals, a power of two of at least 4. */
  static RealFft ofLength(int length) {
    if (length < 4 || Integer.bitCount(length) != 1) {
      throw new IllegalArgumentException("length " + length + " is not a power of two from 4 on");
    }
    return new RealFft(length);
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
    double c = last().cos()[k];
    double t = last().sin()[k];
    double evenRe = 0.5 * (re[k] + re[m]);
    double evenIm = 0.5 * (im[k] - im[m]);
    double oddRe = 0.5 * (im[k] + im[m]);
    double oddIm = 0.5 * (re[m] - re[k]);
    double turnedRe = oddRe * c + oddIm * t;
    double turnedIm = oddIm * c - oddRe * t;
    re[k] = evenRe + turnedRe;
    im[k] = evenIm + turnedIm;
    re[m] = evenRe - turnedRe;
    im[m] = turnedIm - evenIm;
  }

  /** Undoes {@link #split}. */
  private void join(double[] re, double[] im, int k) {
    int m = half - k;
    double c = last().cos()[k];
    double t = last().sin()[k];
    double evenRe = 0.5 * (re[k] + re[m]);
    double evenIm = 0.5 * (im[k] - im[m]);
    double turnedRe = 0.5 * (re[k] - re[m]);
    double turnedIm = 0.5 * (im[k] + im[m]);
    double oddRe = turnedRe * c - turnedIm * t;
    double oddIm = turnedIm * c + turnedRe * t;
    re[k] = evenRe - oddIm;
    im[k] = evenIm + oddRe;
    re[m] = evenRe + oddIm;
    im[m] = oddRe - evenIm;
  }

  /** Complex transform of {@code half} points in place. */
  private void transform(double[] re, double[] im) {
    reverseBits(re, im);
    int layers = roots.length - 1;
    if (layers % 2 == 1) {
      layer(re, im);
    }
    for (int done = layers % 2; done < layers; done += 2) {
      for (int start = 0; start < half; start += 4 << done) {
        twoLayers(re, im, start, roots[done], roots[done + 1]);
      }
    }
  }

  /** Butterflies of neighbours. */
  private void layer(double[] re, double[] im) {
    for (int a = 0; a < half; a += 2) {
      double x = re[a + 1];
      double y = im[a + 1];
      re[a + 1] = re[a] - x;
      im[a + 1] = im[a] - y;
      re[a] += x;
      im[a] += y;
    }
  }

  /**
   * Butterflies of elements {@code inner.size()} apart, then of those twice as far apart, in a
   * block of four times that size.
   */
  private static void twoLayers(double[] re, double[] im, int start, Roots inner, Roots outer) {
    int size = inner.size();
    for (int j = 0; j < size; j++) {
      int a = start + j;
      int b = a + size;
      int c = b + size;
      int d = c + size;
      double cos = inner.cos()[j];
      double sin = inner.sin()[j];
      double x = re[b] * cos + im[b] * sin;
      double y = im[b] * cos - re[b] * sin;
      double aRe = re[a] + x;
      double aIm = im[a] + y;
      double bRe = re[a] - x;
      double bIm = im[a] - y;
      x = re[d] * cos + im[d] * sin;
      y = im[d] * cos - re[d] * sin;
      double cRe = re[c] + x;
      double cIm = im[c] + y;
      double dRe = re[c] - x;
      double dIm = im[c] - y;
      cos = outer.cos()[j];
      sin = outer.sin()[j];
      x = cRe * cos + cIm * sin;
      y = cIm * cos - cRe * sin;
      re[a] = aRe + x;
      im[a] = aIm + y;
      re[c] = aRe - x;
      im[c] = aIm - y;
      // The root for b and d is that for a and c, a quarter turn on.
      x = dIm * cos - dRe * sin;
      y = -(dRe * cos + dIm * sin);
      re[b] = bRe + x;
      im[b] = bIm + y;
      re[d] = bRe - x;
      im[d] = bIm - y;
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
