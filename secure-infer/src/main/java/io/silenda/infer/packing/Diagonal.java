package io.silenda.infer.packing;

/**
 * One generalised diagonal: {@code out[s] += values[s] · in[s + giant + baby]}.
 *
 * @param giant giant part of the rotation, in slots
 * @param baby baby part of the rotation, in slots
 * @param values one value for each slot of one repetition; repeats through the ciphertext
 */
public record Diagonal(int giant, int baby, double[] values) {
  /** Copies the values. */
  public Diagonal {
    values = values.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  /** Values for all slots of a ciphertext. */
  public double[] slots(int slotCount) {
    return Slots.repeat(values, slotCount);
  }
}
