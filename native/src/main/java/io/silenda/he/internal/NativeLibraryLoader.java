package io.silenda.he.internal;

import io.silenda.he.NativeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the native library in a directory of the user's choice or on the class path, loads it and
 * checks that it was built from the same sources as these classes.
 */
final class NativeLibraryLoader {
  static final String PATH_PROPERTY = "silenda.native.path";
  static final String VERSION_FILE = "silenda-he.version";

  private final NativePlatform platform;
  private final Optional<Path> directory;
  private final String expectedVersion;
  private final Function<String, @Nullable InputStream> resources;
  private final Consumer<Path> systemLoad;
  private final Supplier<String> loadedVersion;

  NativeLibraryLoader(
      NativePlatform platform,
      Optional<Path> directory,
      String expectedVersion,
      Function<String, @Nullable InputStream> resources,
      Consumer<Path> systemLoad,
      Supplier<String> loadedVersion) {
    this.platform = platform;
    this.directory = directory;
    this.expectedVersion = expectedVersion;
    this.resources = resources;
    this.systemLoad = systemLoad;
    this.loadedVersion = loadedVersion;
  }

  static NativeLibraryLoader forThisJvm() {
    return new NativeLibraryLoader(
        NativePlatform.current(),
        Optional.ofNullable(System.getProperty(PATH_PROPERTY)).map(Path::of),
        readExpectedVersion(),
        NativeLibraryLoader.class.getClassLoader()::getResourceAsStream,
        path -> System.load(path.toString()),
        LibraryNatives::version);
  }

  /**
   * Loads and checks the library.
   *
   * @throws NativeException naming the platform and what to do
   */
  void load() {
    if (platform.libc().equals("musl")) {
      throw failure("it needs glibc, and this JVM runs on musl; use a glibc-based system or image");
    }
    if (directory.isPresent()) {
      loadFrom(directory.get());
    } else {
      loadFromClassPath();
    }
    requireExpectedVersion(loadedVersion.get(), "the loaded library");
  }

  private void loadFrom(Path libraryDirectory) {
    Path library = libraryDirectory.resolve(platform.libraryFileName()).toAbsolutePath();
    if (!Files.isRegularFile(library) || !Files.isReadable(library)) {
      throw failure("-D" + PATH_PROPERTY + " is set, but " + library + " is not a readable file");
    }
    Path versionFile = libraryDirectory.resolve(VERSION_FILE);
    if (Files.isReadable(versionFile)) {
      try {
        requireExpectedVersion(Files.readString(versionFile), versionFile.toString());
      } catch (IOException e) {
        throw failure("cannot read " + versionFile, e);
      }
    }
    loadFile(library);
  }

  private void loadFromClassPath() {
    String folder = "META-INF/native/" + platform.classifier() + "/";
    try (InputStream library = resources.apply(folder + platform.libraryFileName());
        InputStream version = resources.apply(folder + VERSION_FILE)) {
      if (library == null || version == null) {
        throw failure(
            "add the artifact " + artifact() + " to the class path; it is made for linux-x86_64");
      }
      requireExpectedVersion(text(version), artifact());
      extractAndLoad(library);
    } catch (IOException e) {
      throw failure("extracting it into " + System.getProperty("java.io.tmpdir") + " failed", e);
    }
  }

  private void extractAndLoad(InputStream library) throws IOException {
    Path temporary =
        Files.createTempDirectory(
            "silenda-he-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = temporary.resolve(platform.libraryFileName());
    try {
      Files.copy(library, file);
      loadFile(file);
    } finally {
      // A loaded library stays mapped after its file is gone.
      Files.deleteIfExists(file);
      Files.delete(temporary);
    }
  }

  private void loadFile(Path library) {
    try {
      systemLoad.accept(library);
    } catch (UnsatisfiedLinkError e) {
      throw failure(
          "loading "
              + library
              + " failed ("
              + e.getMessage()
              + "); where it may not be executed, set -D"
              + PATH_PROPERTY
              + " to a directory that holds the library",
          e);
    }
  }

  private void requireExpectedVersion(String version, String where) {
    if (!version.strip().equals(expectedVersion)) {
      throw failure(
          where
              + " has version "
              + version.strip()
              + ", these classes need "
              + expectedVersion
              + "; use jars of one build");
    }
  }

  private String artifact() {
    int hashStart = expectedVersion.indexOf('+');
    String release = hashStart < 0 ? expectedVersion : expectedVersion.substring(0, hashStart);
    return "io.silenda:silenda-native:" + release + ":" + platform.classifier();
  }

  private NativeException failure(String reason) {
    return new NativeException(message(reason));
  }

  private NativeException failure(String reason, Throwable cause) {
    return new NativeException(message(reason), cause);
  }

  private String message(String reason) {
    return "cannot load the native library for OS "
        + platform.os()
        + ", architecture "
        + platform.arch()
        + ", C library "
        + platform.libc()
        + ": "
        + reason;
  }

  private static String readExpectedVersion() {
    try (InputStream stream = NativeLibraryLoader.class.getResourceAsStream(VERSION_FILE)) {
      if (stream == null) {
        throw new NativeException(VERSION_FILE + " is missing from the jar of io.silenda.he");
      }
      return text(stream);
    } catch (IOException e) {
      throw new NativeException("cannot read " + VERSION_FILE, e);
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
