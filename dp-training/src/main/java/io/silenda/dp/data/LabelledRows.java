package io.silenda.dp.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * Rows and labels in memory, all finite. Immutable; arrays are copied on the way out.
 *
 * <p>Number of rows and digest are private: they belong into no published file.
 */
public final class LabelledRows {
  private final int width;
  private final float[] values;
  private final float[] labels;

  /** Takes over both arrays, which nobody else may keep. */
  LabelledRows(int width, float[] values, float[] labels) {
    if (width < 1 || (long) width * labels.length != values.length) {
      throw new IllegalArgumentException(
          labels.length + " labels and " + values.length + " values are not rows of " + width);
    }
    this.width = width;
    this.values = values;
    this.labels = labels;
  }

  /** Rows of {@code width} numbers each, row by row, and a label each. */
  public static LabelledRows of(int width, float[] values, float[] labels) {
    return new LabelledRows(width, values.clone(), labels.clone());
  }

  /** How many: private under add-remove. */
  public int count() {
    return labels.length;
  }

  /** Numbers in a row. */
  public int width() {
    return width;
  }

  /** All rows, one after the other. */
  public float[] values() {
    return values.clone();
  }

  /** A label each: a class's number, or a number to predict. */
  public float[] labels() {
    return labels.clone();
  }

  /**
   * Some of the rows, in order.
   *
   * @param takes one flag a row
   */
  public LabelledRows select(boolean[] takes) {
    if (takes.length != labels.length) {
      throw new IllegalArgumentException("takes has " + takes.length + " flags, not " + count());
    }
    int[] rows = IntStream.range(0, takes.length).filter(i -> takes[i]).toArray();
    float[] some = new float[rows.length * width];
    float[] their = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, some, i * width, width);
      their[i] = labels[rows[i]];
    }
    return new LabelledRows(width, some, their);
  }

  /** SHA-256 over values and labels, by which a ledger knows its data again. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(8).putInt(width).putInt(labels.length).array());
      update(digest, values);
      update(digest, labels);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, float[] numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (float number : numbers) {
      buffer.putFloat(number);
      if (!buffer.hasRemaining()) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    digest.update(buffer.flip());
  }
}
