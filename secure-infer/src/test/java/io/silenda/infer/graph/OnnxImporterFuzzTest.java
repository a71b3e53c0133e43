package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeded mutants of every model: each imports or is refused, in bounded time. */
class OnnxImporterFuzzTest {
  private static final long SEED = 20240607;
  private static final int MUTANTS_PER_MODEL = 220;
  // Structure, names and attributes lie outside the weights: most mutations aim there.
  private static final int EDGE_BYTES = 700;

  @TempDir Path folder;

  @Test
  void everyMutantIsImportedOrRefused() throws Exception {
    List<Path> models = TestModels.all();
    Path file = folder.resolve("mutant.onnx");
    int refused = 0;
    for (Path path : models) {
      String name = String.valueOf(path.getFileName());
      byte[] model = Files.readAllBytes(path);
      for (int i = 0; i < MUTANTS_PER_MODEL; i++) {
        long seed = SEED + i;
        Files.write(file, mutant(model, new Random(seed)));
        refused += imports(file, name + ", seed " + seed) ? 0 : 1;
      }
    }
    assertThat(refused).isGreaterThan(models.size() * MUTANTS_PER_MODEL / 4);
  }

  static boolean imports(Path file, String which) {
    long start = System.nanoTime();
    try {
      OnnxImporter.read(file);
      return true;
    } catch (OnnxImportException e) {
      assertThat(e).as(which).hasMessageStartingWith("mutant.onnx: ").hasMessageNotContaining("\n");
      // The safety net must not be needed.
      if (String.valueOf(e.getMessage()).contains("unexpected structure")) {
        throw new AssertionError(which, e);
      }
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(which, e);
    } finally {
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      assertThat(time).as(which).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static byte[] mutant(byte[] model, Random random) {
    byte[] mutant = model.clone();
    if (random.nextInt(5) == 0) {
      return Arrays.copyOf(mutant, random.nextInt(mutant.length));
    }
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int position = position(random, mutant.length);
      switch (random.nextInt(4)) {
        case 0 -> mutant[position] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[position] = (byte) random.nextInt(256);
        // Lengths and sizes are varints: 0x7f and 0x80 make them large or run on.
        case 2 -> mutant[position] = (byte) (random.nextBoolean() ? 0x7f : 0xff);
        default -> mutant[position] += (byte) (random.nextBoolean() ? 1 : -1);
      }
    }
    return mutant;
  }

  private static int position(Random random, int length) {
    int edge = Math.min(EDGE_BYTES, length);
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(length);
      case 1 -> length - 1 - random.nextInt(edge);
      default -> random.nextInt(edge);
    };
  }
}
