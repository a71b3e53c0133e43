package io.silenda.cli;

import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes files so that a refusal names the one that it is about. */
final class Named {
  private Named() {}

  /** Uses a file's content. */
  interface Reader<T> {
    T read(InputStream in) throws IOException, WireFormatException, PrivateInferenceException;
  }

  /** Makes a file's content. */
  interface Writer<T> {
    T write(OutputStream out) throws IOException, WireFormatException, PrivateInferenceException;
  }

  /** Refuses a file that is not there, before work is done for nothing. */
  static void requireFile(Path file) throws Refusal {
    if (!Files.exists(file)) {
      throw new Refusal(file + ": no such file");
    }
    if (Files.isDirectory(file)) {
      throw new Refusal(file + ": a folder, not a file");
    }
  }

  /** Opens a file and reads from it; a malformed one is refused by its name. */
  static <T> T reading(Path file, Reader<T> reader)
      throws IOException, PrivateInferenceException, Refusal {
    requireFile(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return reader.read(in);
    } catch (WireFormatException e) {
      throw new Refusal(file + ": " + e.getMessage());
    }
  }

  /** Writes a file that appears complete or not at all. */
  static <T> T writing(Path file, Writer<T> writer)
      throws IOException, WireFormatException, PrivateInferenceException {
    List<T> result = new ArrayList<>();
    try {
      AtomicFile.write(
          file,
          Access.SHARED,
          out -> {
            try {
              result.add(writer.write(out));
            } catch (WireFormatException | PrivateInferenceException e) {
              throw new Carried(e);
            }
          });
    } catch (Carried e) {
      if (e.getCause() instanceof WireFormatException refused) {
        throw refused;
      }
      if (e.getCause() instanceof PrivateInferenceException refused) {
        throw refused;
      }
      throw e;
    }
    return result.get(0);
  }

  /** Takes another exception through a method that throws only this kind. */
  private static final class Carried extends IOException {
    private static final long serialVersionUID = 1L;

    Carried(Exception cause) {
      super(cause);
    }
  }
}
