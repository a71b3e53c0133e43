package io.silenda.dp.data;

/** Rows from {@code first} on, up to but without {@code end}, counted from zero. */
public record RowSlice(int first, int end) {
  /** Every row. */
  public static final RowSlice ALL = new RowSlice(0, Integer.MAX_VALUE);

  /** Checks the order. */
  public RowSlice {
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException("rows " + first + ":" + end + " are none");
    }
  }

  boolean contains(long row) {
    return row >= first && row < end;
  }
}
