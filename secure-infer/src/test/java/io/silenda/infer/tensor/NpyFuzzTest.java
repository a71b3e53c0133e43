package io.silenda.infer.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeded mutants of small array files: each is read or refused. */
class NpyFuzzTest {
  private static final long SEED = 11;
  private static final int MUTANTS = 20_000;
  private static final String TEXT = "{}()[],:' \"0123456789-><|fiub TrueFalse\n";

  @TempDir Path folder;

  @Test
  void everyMutantIsReadOrRefused() throws Exception {
    byte[] data = new byte[24];
    ByteBuffer.wrap(data).putFloat(1).putFloat(-2);
    List<byte[]> files =
        List.of(
            NpyFiles.array("<f4", "(2, 3)", data),
            NpyFiles.array("<f8", "(3,)", data),
            NpyFiles.array("|u1", "(4, 3, 2)", data),
            NpyFiles.file(2, NpyFiles.header("<i4", "(6,)") + "\n", data));
    Path file = folder.resolve("mutant.npy");
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Random random = new Random(SEED + i);
      Files.write(file, mutant(files.get(random.nextInt(files.size())), random));
      read += reads(file, SEED + i) ? 1 : 0;
    }
    assertThat(read).isBetween(MUTANTS / 50, MUTANTS / 2);
  }

  private static boolean reads(Path file, long seed) {
    try {
      Tensor tensor = Npy.read(file);
      assertThat(tensor.rows() * tensor.rowSize()).as("seed %d", seed).isLessThanOrEqualTo(24);
      return true;
    } catch (NpyFormatException e) {
      assertThat(e).as("seed %d", seed).hasMessageStartingWith("mutant.npy: ");
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static byte[] mutant(byte[] file, Random random) {
    byte[] mutant = file.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int position = random.nextInt(mutant.length);
      switch (random.nextInt(5)) {
        case 0 -> mutant[position] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[position] = (byte) random.nextInt(256);
        case 2 -> mutant = Arrays.copyOf(mutant, 1 + random.nextInt(mutant.length + 8));
        default -> mutant[position] = (byte) TEXT.charAt(random.nextInt(TEXT.length()));
      }
    }
    return mutant;
  }
}
