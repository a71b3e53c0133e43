package io.silenda.infer.graph;

import io.silenda.infer.graph.OnnxImportException.Reason;
import java.nio.file.Path;

/**
 * Reads ONNX models (IR versions 3 to 13, operator sets 7 to 21) into a {@link Graph}.
 *
 * <p>The file is not trusted: sizes it claims are compared with the bytes present before anything
 * is allocated, external data must lie inside the model's folder, and whatever is wrong ends in an
 * {@link OnnxImportException}.
 */
public final class OnnxImporter {
  private OnnxImporter() {}

  /**
   * Imports a model with one float input, whose first axis counts rows, and one tensor from which
   * all outputs are made. Constants are folded; scales and shifts are merged into linear operators;
   * a trailing Sigmoid, Softmax, ArgMax or classifier becomes the client's {@link ClientTail}.
   *
   * @throws OnnxImportException if the file cannot be read, is no valid model, or holds operators
   *     that cannot run on encrypted data; all of those are listed in one message
   */
  public static Graph read(Path file) throws OnnxImportException {
    try {
      return new ModelImport(ModelFile.read(file), ExternalData.beside(file)).run();
    } catch (OnnxImportException e) {
      throw e.of(file);
    } catch (OutOfMemoryError e) {
      // Protobuf makes objects of bytes; how many cannot be told from the size of the file.
      throw new OnnxImportException(
              Reason.TOO_LARGE, "the model needs more memory than the JVM may use", e)
          .of(file);
    } catch (RuntimeException e) {
      // A safety net: a file must not be able to end the caller, whatever was overlooked.
      throw new OnnxImportException(
              Reason.INVALID_GRAPH,
              "unexpected structure (" + e.getClass().getSimpleName() + ")",
              e)
          .of(file);
    }
  }
}
