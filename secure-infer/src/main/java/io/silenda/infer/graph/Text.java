package io.silenda.infer.graph;

import java.nio.file.Path;

/** Makes text from a file fit for a one-line message. */
final class Text {
  private static final int MAX_NAME_LENGTH = 80;

  private Text() {}

  /** Control characters become question marks. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
  }

  /** A name from a file, on one line and of bounded length. */
  static String name(String name) {
    String line = oneLine(name);
    return line.length() <= MAX_NAME_LENGTH ? line : line.substring(0, MAX_NAME_LENGTH) + "…";
  }

  static String fileName(Path file) {
    Path name = file.getFileName();
    return oneLine(name == null ? file.toString() : name.toString());
  }
}
