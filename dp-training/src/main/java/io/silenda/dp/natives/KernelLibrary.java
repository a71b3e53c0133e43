package io.silenda.dp.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The native library of this module ({@code src/main/cpp}), loaded once where there is one for this
 * machine. Whoever has native methods in it asks it first whether the processor can run them.
 */
public final class KernelLibrary {
  private static final String LIBRARY = "/META-INF/native/linux-x86_64/libsilenda_dp.so";
  private static final boolean LOADED = load();

  private KernelLibrary() {}

  /** Whether native methods can be called. */
  public static boolean isLoaded() {
    return LOADED;
  }

  private static boolean load() {
    boolean fits =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (!fits) {
      return false;
    }
    try (InputStream library = KernelLibrary.class.getResourceAsStream(LIBRARY)) {
      return library != null && extractAndLoad(library);
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
}
