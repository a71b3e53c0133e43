package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads weights that a model keeps in other files of its own folder, and in no other place. */
final class ExternalData {
  private final Path folder;

  private ExternalData(Path folder) {
    this.folder = folder;
  }

  /** External data beside {@code model}. */
  static ExternalData beside(Path model) throws OnnxImportException {
    try {
      Path parent = model.toAbsolutePath().getParent();
      return new ExternalData((parent == null ? model.toAbsolutePath() : parent).toRealPath());
    } catch (IOException e) {
      throw new OnnxImportException(Reason.UNREADABLE, "the model's folder cannot be read", e);
    }
  }

  /**
   * The bytes of a tensor whose size in bytes is known from its type and dimensions.
   *
   * @throws OnnxImportException if they lie outside the folder or are not exactly as many
   */
  ByteString read(TensorProto tensor, long expectedBytes) throws OnnxImportException {
    Map<String, String> entries =
        tensor.getExternalDataList().stream()
            .collect(
                Collectors.toMap(
                    StringStringEntryProto::getKey,
                    StringStringEntryProto::getValue,
                    (first, second) -> second));
    Path file = resolve(entries.getOrDefault("location", ""));
    long offset = number(entries.getOrDefault("offset", "0"));
    long length = number(entries.getOrDefault("length", String.valueOf(expectedBytes)));
    if (length != expectedBytes || length > ModelFile.MAX_BYTES) {
      throw new OnnxImportException(
          Reason.EXTERNAL_DATA_TRUNCATED,
          "external data of tensor "
              + Text.name(tensor.getName())
              + " has length "
              + length
              + ", its type and dimensions need "
              + expectedBytes);
    }
    return read(file, offset, (int) length);
  }

  private Path resolve(String location) throws OnnxImportException {
    try {
      Path relative = Path.of(location);
      if (location.isEmpty() || relative.isAbsolute() || hasParentStep(relative)) {
        throw outside(location);
      }
      Path named = folder.resolve(relative);
      if (!Files.exists(named)) {
        throw new OnnxImportException(
            Reason.EXTERNAL_DATA_MISSING,
            "external data file " + Text.name(location) + " is missing");
      }
      Path real = named.toRealPath();
      if (!real.startsWith(folder)) {
        throw outside(location);
      }
      return real;
    } catch (InvalidPathException | IOException e) {
      throw outside(location);
    }
  }

  private static boolean hasParentStep(Path relative) {
    for (Path step : relative) {
      if (step.toString().equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static OnnxImportException outside(String location) {
    return new OnnxImportException(
        Reason.EXTERNAL_DATA_OUTSIDE_FOLDER,
        "external data location "
            + Text.name(location)
            + " does not name a file inside the model's folder");
  }

  private static ByteString read(Path file, long offset, int length) throws OnnxImportException {
    try {
      // A pipe or device is refused before opening it could block.
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new OnnxImportException(
            Reason.EXTERNAL_DATA_MISSING, "external data is no regular file");
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        if (offset > channel.size() || length > channel.size() - offset) {
          throw truncated(file);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, offset + bytes.position()) < 0) {
            throw truncated(file);
          }
        }
        return UnsafeByteOperations.unsafeWrap(bytes.flip());
      }
    } catch (IOException e) {
      throw new OnnxImportException(Reason.UNREADABLE, "external data cannot be read", e);
    }
  }

  private static OnnxImportException truncated(Path file) {
    return new OnnxImportException(
        Reason.EXTERNAL_DATA_TRUNCATED,
        "external data file " + Text.fileName(file) + " is shorter than the model says");
  }

  private static long number(String text) throws OnnxImportException {
    // 18 digits cannot overflow a long.
    if (!text.matches("[0-9]{1,18}")) {
      throw new OnnxImportException(
          Reason.INVALID_GRAPH, "external data has an offset or length that is no number");
    }
    return Long.parseLong(text);
  }
}
