package io.silenda.attest.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The launcher and the lock-down library of this version, and other files of the class path, taken
 * out into a folder that only this user can read. Closing deletes the folder. Not thread-safe.
 */
public final class WorkerFiles implements AutoCloseable {
  private final Path folder;

  private WorkerFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes an empty folder.
   *
   * @throws IOException if there is no room for one
   */
  public static WorkerFiles create() throws IOException {
    return new WorkerFiles(
        Files.createTempDirectory(
            "silenda-worker-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
  }

  /** The folder itself. */
  public Path folder() {
    return folder;
  }

  /**
   * The launcher, executable.
   *
   * @throws IOException if this version has none for this platform
   */
  public Path launcher() throws IOException {
    Path file = extract(WorkerFiles.class, nativeResource("silenda-launcher"), "silenda-launcher");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  /**
   * {@code libsilenda_lockdown.so}.
   *
   * @throws IOException if this version has none for this platform
   */
  public Path lockdownLibrary() throws IOException {
    return extract(
        WorkerFiles.class, nativeResource("libsilenda_lockdown.so"), "libsilenda_lockdown.so");
  }

  private static String nativeResource(String name) {
    String arch = System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : "aarch64";
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return "/META-INF/native/" + os + "-" + arch + "/" + name;
  }

  /**
   * Copies a resource that stands beside {@code anchor} on the class path.
   *
   * @throws IOException if it is not there
   */
  public Path extract(Class<?> anchor, String resource, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = anchor.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is not on the class path: no worker for this platform");
      }
      Files.copy(in, file);
    }
    return file;
  }

  /**
   * Writes a file of the worker, such as its policy.
   *
   * @throws IOException if it exists or there is no room
   */
  public Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content, StandardOpenOption.CREATE_NEW);
  }

  /** A new empty folder below, mode 0700. */
  Path subfolder(String name) throws IOException {
    return Files.createDirectory(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Deletes the folder with all that is in it, as far as that is possible. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A file that stays behind holds nothing of any input.
    }
  }
}
