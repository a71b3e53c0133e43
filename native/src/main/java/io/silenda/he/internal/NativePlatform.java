package io.silenda.he.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The platform that a native library must fit.
 *
 * @param os operating system, as in the class-path resource: {@code linux}
 * @param arch instruction set: {@code x86_64}
 * @param libc the C library: GNU, musl or, elsewhere than on Linux, the system's own
 */
record NativePlatform(String os, String arch, String libc) {

  static NativePlatform current() {
    String os = normalizeOs(System.getProperty("os.name", "unknown"));
    String arch = normalizeArch(System.getProperty("os.arch", "unknown"));
    return new NativePlatform(
        os, arch, os.equals("linux") ? linuxLibc(Path.of("/proc/self/maps")) : "system");
  }

  String classifier() {
    return os + "-" + arch;
  }

  String libraryFileName() {
    return "libsilenda_he.so";
  }

  static String normalizeOs(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "macos";
    }
    return name.startsWith("windows") ? "windows" : name.replace(' ', '_');
  }

  static String normalizeArch(String osArch) {
    String arch = osArch.toLowerCase(Locale.ROOT);
    return arch.equals("amd64") || arch.equals("x86-64") ? "x86_64" : arch;
  }

  /** Tells by the files that this process has mapped which C library it runs on. */
  static String linuxLibc(Path processMaps) {
    try (Stream<String> lines = Files.lines(processMaps)) {
      return lines.anyMatch(line -> line.contains("ld-musl-")) ? "musl" : "glibc";
    } catch (IOException unreadable) {
      // Without /proc the guess only affects the wording of an error message.
      return "glibc";
    }
  }
}
