package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.nio.file.Path;

/** Reads a model as it stands, its external data included, whatever its operators. */
public final class StandaloneModel {
  private StandaloneModel() {}

  /**
   * The message of a model file, with external data stored inside.
   *
   * @throws OnnxImportException if it cannot be read or is larger than one gibibyte
   */
  public static ModelProto read(Path file) throws OnnxImportException {
    try {
      return builder(file).build();
    } catch (OnnxImportException e) {
      throw e.of(file);
    }
  }

  static ModelProto.Builder builder(Path file) throws OnnxImportException {
    ModelProto.Builder model = ModelFile.read(file).toBuilder();
    WorkBudget budget = new WorkBudget(Runtime.getRuntime().maxMemory());
    inlineExternalData(
        model.getGraphBuilder(), new TensorReader(ExternalData.beside(file), budget));
    return model;
  }

  private static void inlineExternalData(GraphProto.Builder graph, TensorReader reader)
      throws OnnxImportException {
    long total = 0;
    for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
      total += inline(tensor, reader);
      if (total > ModelFile.MAX_BYTES) {
        throw new OnnxImportException(
            Reason.TOO_LARGE, "external data is larger than " + ModelFile.MAX_BYTES + " bytes");
      }
    }
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
        if (attribute.hasT()) {
          inline(attribute.getTBuilder(), reader);
        }
      }
    }
  }

  private static long inline(TensorProto.Builder tensor, TensorReader reader)
      throws OnnxImportException {
    if (!TensorReader.isExternal(tensor.build())) {
      return 0;
    }
    tensor.setRawData(reader.externalBytes(tensor.build()));
    tensor.clearExternalData().clearDataLocation();
    return tensor.getRawData().size();
  }
}
