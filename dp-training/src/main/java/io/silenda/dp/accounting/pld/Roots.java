package io.silenda.dp.accounting.pld;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The roots of unity exp(πi j / size), j from 0 to below size, each good to one unit in the last
 * place. Small tables are kept: all transforms share them.
 */
@SuppressWarnings("ArrayRecordComponent") // Read in loops, never handed out of the package.
record Roots(double[] cos, double[] sin) {
  private static final int LARGEST_KEPT = 1 << 18;
  private static final Map<Integer, Roots> KEPT = new ConcurrentHashMap<>();

  static Roots ofSize(int size) {
    return size <= LARGEST_KEPT ? KEPT.computeIfAbsent(size, Roots::made) : made(size);
  }

  int size() {
    return cos.length;
  }

  private static Roots made(int size) {
    double[] cos = new double[size];
    double[] sin = new double[size];
    for (int j = 0; j < size; j++) {
      cos[j] = Math.cos(Math.PI * j / size);
      sin[j] = Math.sin(Math.PI * j / size);
    }
    return new Roots(cos, sin);
  }
}
