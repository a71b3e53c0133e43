package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.HashMap;
import java.util.Map;

/** Checks the versions of the file format and of the operator sets. */
final class Versions {
  private static final long MIN_IR = 3;
  private static final long MAX_IR = 13;
  private static final long MIN_OPSET = 7;
  private static final long MAX_OPSET = 21;
  private static final long MAX_CLASSICAL_OPSET = 5;

  private Versions() {}

  /** The version of the default operator set. */
  static long check(ModelProto model) throws OnnxImportException {
    requireRange("IR version", model.getIrVersion(), MIN_IR, MAX_IR);
    Map<String, Long> imports = new HashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      String domain = OperatorCatalog.isDefaultDomain(set.getDomain()) ? "" : set.getDomain();
      Long other = imports.put(domain, set.getVersion());
      // Some exporters write the same import twice.
      if (other != null && other != set.getVersion()) {
        throw new OnnxImportException(
            Reason.UNSUPPORTED_OPSET,
            "the operator set \""
                + Text.name(domain)
                + "\" is imported as versions "
                + other
                + " and "
                + set.getVersion());
      }
    }
    Long classical = imports.get(OperatorCatalog.CLASSICAL_DOMAIN);
    if (classical != null) {
      requireRange("ai.onnx.ml operator set", classical, 1, MAX_CLASSICAL_OPSET);
    }
    Long version = imports.get("");
    if (version == null) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_OPSET, "the default operator set is not imported");
    }
    requireRange("operator set", version, MIN_OPSET, MAX_OPSET);
    return version;
  }

  private static void requireRange(String what, long version, long minimum, long maximum)
      throws OnnxImportException {
    if (version < minimum || version > maximum) {
      throw new OnnxImportException(
          Reason.UNSUPPORTED_OPSET,
          what + " " + version + " is not supported; " + minimum + " to " + maximum + " are");
    }
  }
}
