package io.silenda.dp.mechanism;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The native noise kernel ({@code src/main/cpp}): AES and the table's arithmetic on vectors. Where
 * it is missing, or the processor lacks AES or AVX2, or {@code -Dsilenda.noise=java} says so, Java
 * code makes the same noise, slower.
 */
public final class NoiseKernel {
  private static final String LIBRARY = "/META-INF/native/linux-x86_64/libsilenda_dp.so";
  private static final boolean IN_USE = load();

  private NoiseKernel() {}

  /** Whether noise is made natively. */
  public static boolean inUse() {
    return IN_USE;
  }

  private static boolean load() {
    String wanted = System.getProperty("silenda.noise", "auto");
    if (!wanted.equals("auto") && !wanted.equals("java")) {
      throw new IllegalArgumentException("silenda.noise is " + wanted + ", not auto or java");
    }
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (wanted.equals("java") || !fits) {
      return false;
    }
    try (InputStream library = NoiseKernel.class.getResourceAsStream(LIBRARY)) {
      return library != null && extractAndLoad(library) && supported();
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static boolean extractAndLoad(InputStream library) throws IOException {
    Path folder =
        Files.createTempDirectory(
            "silenda-dp-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = folder.resolve("libsilenda_dp.so");
    try {
      Files.copy(library, file);
      System.load(file.toString());
      return true;
    } finally {
      // A loaded library stays mapped after its file is gone.
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** The table in native memory, made once. */
  static long table() {
    return Table.HANDLE;
  }

  private static final class Table {
    static final long HANDLE = make();

    private static long make() {
      long handle = NoiseKernel.table(QuantileTable.rows());
      if (handle == 0) {
        throw new OutOfMemoryError("no memory for the quantile table");
      }
      return handle;
    }
  }

  private static native boolean supported();

  static native long create(byte[] key);

  static native void destroy(long handle);

  private static native long table(double[] rows);

  static native boolean words(long handle, long first, long[] out, int count);

  static native int normals(
      long handle,
      long table,
      long first,
      double scale,
      double margin,
      int[] out,
      int from,
      int count,
      int[] open);
}
