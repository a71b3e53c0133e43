package io.silenda.bench.report;

import io.silenda.bench.chart.Picture;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a run. */
final class RunFolder {
  private RunFolder() {}

  /**
   * Writes them all, and makes the folder where there is none.
   *
   * @param suite the files' name without ending
   */
  static void write(
      Path folder, String suite, String json, String html, String markdown, List<Picture> pictures)
      throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve(suite + ".json"), text(json + "\n"));
    write(folder.resolve(suite + ".html"), text(html));
    write(folder.resolve(suite + ".md"), text(markdown + "\n"));
    for (Picture picture : pictures) {
      for (String kind : List.of("svg", "png")) {
        write(folder.resolve(picture.name() + "." + kind), picture.encoded(kind));
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    AtomicFile.write(file, Access.SHARED, out -> out.write(bytes));
  }
}
