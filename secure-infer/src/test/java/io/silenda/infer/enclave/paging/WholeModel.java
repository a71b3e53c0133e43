package io.silenda.infer.enclave.paging;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.silenda.infer.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The reference: the same file in one session. */
final class WholeModel {
  private WholeModel() {}

  /** The first output for {@code input}. */
  static float[] run(Path model, Tensor input) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = Arrays.stream(input.shape()).asLongStream().toArray();
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.values()), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      return copy;
    }
  }
}
