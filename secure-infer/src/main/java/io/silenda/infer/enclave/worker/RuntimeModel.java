package io.silenda.infer.enclave.worker;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Any ONNX model with one float input, in ONNX Runtime on the CPU with one thread a call. Takes
 * rows, gives the first output of floats. Not thread-safe; whoever opens it closes it.
 */
public final class RuntimeModel implements RowModel {
  private static final int MAX_CHUNK_ROWS = 64;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String inputName;
  private final RowBatches batches;
  private final String outputName;

  private RuntimeModel(OrtEnvironment environment, OrtSession session)
      throws OrtException, EnclaveException {
    this.environment = environment;
    this.session = session;
    if (session.getInputInfo().size() != 1) {
      throw unsupported(session.getInputInfo().size() + " inputs, must have one");
    }
    NodeInfo input = session.getInputInfo().values().iterator().next();
    if (!(input.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT
        || tensor.getShape().length == 0) {
      throw unsupported("an input that is no tensor of rows of floats");
    }
    this.inputName = input.getName();
    this.batches = new RowBatches(tensor.getShape(), MAX_CHUNK_ROWS);
    this.outputName = firstFloatOutput(session);
  }

  /**
   * Loads the model at {@code file}.
   *
   * @throws EnclaveException if ONNX Runtime refuses it or it has another interface
   */
  public static RuntimeModel open(Path file) throws EnclaveException {
    return open((environment, options) -> environment.createSession(file.toString(), options));
  }

  /**
   * Loads the model whose bytes are in {@code content}, which ONNX Runtime copies.
   *
   * @param content direct memory
   * @throws EnclaveException if ONNX Runtime refuses it or it has another interface
   */
  public static RuntimeModel open(ByteBuffer content) throws EnclaveException {
    return open((environment, options) -> environment.createSession(content, options));
  }

  private static RuntimeModel open(Loader loader) throws EnclaveException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return new RuntimeModel(environment, loader.load(environment, options));
    } catch (OrtException e) {
      throw unsupported("a form that ONNX Runtime refuses");
    }
  }

  @FunctionalInterface
  private interface Loader {
    OrtSession load(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private static String firstFloatOutput(OrtSession session) throws OrtException, EnclaveException {
    for (NodeInfo output : session.getOutputInfo().values()) {
      if (output.getInfo() instanceof TensorInfo tensor
          && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.DOUBLE)) {
        return output.getName();
      }
    }
    throw unsupported("no output of floats");
  }

  private static EnclaveException unsupported(String what) {
    return new EnclaveException(EnclaveException.Reason.UNSUPPORTED_MODEL, "the model has " + what);
  }

  @Override
  public Tensor run(Tensor rows) throws EnclaveException {
    return batches.run(rows, this::runBatch);
  }

  private float[] runBatch(float[] values, long[] shape) throws EnclaveException {
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of(inputName, input), Set.of(outputName))) {
      return floats((OnnxTensor) result.get(0));
    } catch (OrtException e) {
      throw RowBatches.cannotRun();
    }
  }

  private static float[] floats(OnnxTensor tensor) {
    if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
      DoubleBuffer doubles = tensor.getDoubleBuffer();
      float[] narrowed = new float[doubles.remaining()];
      for (int i = 0; i < narrowed.length; i++) {
        narrowed[i] = (float) doubles.get();
      }
      return narrowed;
    }
    FloatBuffer floats = tensor.getFloatBuffer();
    float[] copy = new float[floats.remaining()];
    floats.get(copy);
    return copy;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close the model", e);
    }
  }
}
