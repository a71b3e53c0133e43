package io.silenda.dp.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape of one record's tensor, without the batch axis: [features], [positions, features] or
 * [channels, height, width].
 */
public record TensorShape(List<Integer> sizes) {
  private static final int LARGEST = 1 << 24;

  /** Checks that there are one to three positive sizes, and at most 2^24 elements. */
  public TensorShape {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.size() > 3) {
      throw new IllegalArgumentException("shape " + sizes + " has not one to three axes");
    }
    long elements = 1;
    for (int size : sizes) {
      if (size < 1 || (elements *= size) > LARGEST) {
        throw new IllegalArgumentException(
            "shape " + sizes + " has an empty axis or more than " + LARGEST + " elements");
      }
    }
  }

  /** A shape of these sizes. */
  public static TensorShape of(int... sizes) {
    List<Integer> list = new ArrayList<>();
    for (int size : sizes) {
      list.add(size);
    }
    return new TensorShape(list);
  }

  /** Number of axes. */
  public int rank() {
    return sizes.size();
  }

  /** Size of an axis. */
  public int size(int axis) {
    return sizes.get(axis);
  }

  /** Number of elements. */
  public int elements() {
    return sizes.stream().reduce(1, (a, b) -> a * b);
  }

  /** Whether this is an image: [channels, height, width]. */
  public boolean isImage() {
    return rank() == 3;
  }

  /** Size of the channel axis: the first of an image, else the last. */
  public int channels() {
    return isImage() ? size(0) : size(rank() - 1);
  }

  /** Positions that share the channels: pixels of an image, tokens of a sequence, or 1. */
  public int positions() {
    return elements() / channels();
  }

  @Override
  public String toString() {
    return sizes.toString();
  }
}
