package io.silenda.dp.network;

import java.util.Arrays;
import java.util.List;

/** Shape of a trained array, one to four axes. */
public record ArrayShape(List<Integer> sizes) {
  private static final int LARGEST = 1 << 26;

  /** Checks the sizes. */
  public ArrayShape {
    sizes = List.copyOf(sizes);
    long elements = 1;
    for (int size : sizes) {
      if (size < 1 || (elements *= size) > LARGEST) {
        throw new IllegalArgumentException(
            "a parameter of shape " + sizes + " has more than " + LARGEST + " elements");
      }
    }
  }

  static ArrayShape of(Integer... sizes) {
    return new ArrayShape(Arrays.asList(sizes));
  }

  /** Number of elements. */
  public int elements() {
    return sizes.stream().reduce(1, (a, b) -> a * b);
  }

  @Override
  public String toString() {
    return sizes.toString();
  }
}
