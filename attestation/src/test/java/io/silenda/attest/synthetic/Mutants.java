package io.silenda.attest.synthetic;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Spoiled copies of messages. */
public final class Mutants {
  private Mutants() {}

  /** A copy with one to four changes, which may undo each other. */
  public static byte[] of(byte[] message, SplittableRandom random) {
    byte[] bytes = message.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes = mutate(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int position = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[position] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[position] = (byte) random.nextInt();
      case 2 -> bytes[position] = (byte) (random.nextBoolean() ? 0xff : 0);
      case 3 -> {
        return Arrays.copyOf(bytes, position);
      }
      case 4 -> {
        byte[] end = Arrays.copyOfRange(bytes, position, bytes.length);
        return Keys.concat(Arrays.copyOf(bytes, position), new byte[1 + random.nextInt(8)], end);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(16), bytes.length - Math.max(from, position));
        System.arraycopy(bytes, from, bytes, position, length);
      }
    }
    return bytes;
  }
}
