package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the protobuf message of a model file, within bounds. */
final class ModelFile {
  /** Protobuf itself ends at 2 GiB; half of it leaves room for the parsed weights. */
  static final int MAX_BYTES = 1 << 30;

  private static final int MAX_RECURSION = 32;

  private ModelFile() {}

  static ModelProto read(Path file) throws OnnxImportException {
    // A pipe or device is refused before opening it could block.
    if (!Files.isRegularFile(file)) {
      throw new OnnxImportException(Reason.MISSING_FILE, "there is no regular file at this path");
    }
    byte[] bytes = bytes(file);
    if (bytes.length == 0) {
      throw new OnnxImportException(Reason.EMPTY, "the file is empty");
    }
    return parse(bytes);
  }

  private static byte[] bytes(Path file) throws OnnxImportException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) > MAX_BYTES) {
        throw new OnnxImportException(
            Reason.TOO_LARGE, "the file is larger than " + MAX_BYTES + " bytes");
      }
      return in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      throw new OnnxImportException(
          Reason.UNREADABLE, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static ModelProto parse(byte[] bytes) throws OnnxImportException {
    try {
      // Weights stay views of the one array that was read.
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      in.setRecursionLimit(MAX_RECURSION);
      ModelProto model = ModelProto.parseFrom(in);
      in.checkLastTagWas(0);
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new OnnxImportException(
          Reason.TRUNCATED_OR_CORRUPT, "not an ONNX model, or truncated", e);
    } catch (IOException e) {
      throw new OnnxImportException(Reason.TRUNCATED_OR_CORRUPT, "not an ONNX model", e);
    }
  }
}
