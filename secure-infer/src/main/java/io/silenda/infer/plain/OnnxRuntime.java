package io.silenda.infer.plain;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.silenda.he.NativeException;
import io.silenda.he.NativeVariables;

/**
 * ONNX Runtime without its telemetry. Since 1.29 it gathers usage data on Linux too, unless a
 * variable says otherwise before it is loaded; what runs here is nobody else's business.
 *
 * <p>Thread-safe.
 */
public final class OnnxRuntime {
  private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

  private OnnxRuntime() {}

  /** The process's only environment; it is not to be closed. */
  public static OrtEnvironment environment() {
    return Holder.ENVIRONMENT;
  }

  private static final class Holder {
    private static final OrtEnvironment ENVIRONMENT = open();

    private static OrtEnvironment open() {
      try {
        NativeVariables.set(VARIABLE, "1");
      } catch (NativeException e) {
        // Without the library there is still the switch below, if a little late.
      }
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try {
        environment.setTelemetry(false);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime does not turn off its telemetry", e);
      }
      return environment;
    }
  }
}
