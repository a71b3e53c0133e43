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
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Any ONNX model with one float input, in ONNX Runtime on the CPU with one thread a call. Takes
 * rows, gives the first output of floats. Not thread-safe; whoever opens it closes it.
 */
public final class RuntimeModel implements AutoCloseable {
  private static final int MAX_CHUNK_ROWS = 64;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String inputName;
  private final long[] inputShape;
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
    this.inputShape = tensor.getShape();
    this.outputName = firstFloatOutput(session);
  }

  /**
   * Loads the model at {@code file}.
   *
   * @throws EnclaveException if ONNX Runtime refuses it or it has another interface
   */
  public static RuntimeModel open(Path file) throws EnclaveException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return new RuntimeModel(environment, environment.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw unsupported("a form that ONNX Runtime refuses");
    }
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

  /**
   * Computes every row.
   *
   * @return one row for each row of {@code rows}, under a shape of two axes
   * @throws EnclaveException if the rows do not fit the model; the message tells nothing of them
   */
  public Tensor run(Tensor rows) throws EnclaveException {
    boolean fixed = inputShape[0] > 0;
    int chunk = (int) Math.min(fixed ? inputShape[0] : MAX_CHUNK_ROWS, Integer.MAX_VALUE);
    float[] output = new float[0];
    int columns = 0;
    try {
      for (int from = 0; from < rows.rows(); from += chunk) {
        Tensor part = rows.rows(from, Math.min(from + chunk, rows.rows()));
        int batch = fixed ? chunk : part.rows();
        float[] computed = runChunk(part, batch);
        if (from == 0) {
          columns = computed.length / batch;
          output = new float[Math.multiplyExact(rows.rows(), columns)];
        }
        System.arraycopy(computed, 0, output, from * columns, part.rows() * columns);
      }
    } catch (OrtException | ArithmeticException e) {
      throw new EnclaveException(
          EnclaveException.Reason.REQUEST_REFUSED,
          "ONNX Runtime cannot run the model on these rows");
    }
    return Tensor.of(new int[] {rows.rows(), columns}, output);
  }

  /** A fixed batch is filled up with zeros. */
  private float[] runChunk(Tensor part, int batch) throws OrtException, EnclaveException {
    FloatBuffer values = FloatBuffer.wrap(Arrays.copyOf(part.values(), batch * part.rowSize()));
    try (OnnxTensor input = OnnxTensor.createTensor(environment, values, shape(part, batch));
        OrtSession.Result result = session.run(Map.of(inputName, input), Set.of(outputName))) {
      float[] computed = floats((OnnxTensor) result.get(0));
      if (computed.length % batch != 0) {
        throw unsupported("an output that has no rows");
      }
      return computed;
    }
  }

  /** The model's own shape where it is known, else that of the rows. */
  private long[] shape(Tensor part, int batch) throws EnclaveException {
    int[] own = part.shape();
    long[] shape = inputShape.clone();
    shape[0] = batch;
    long product = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      if (shape[axis] < 1 && own.length == shape.length) {
        shape[axis] = own[axis];
      }
      product *= shape[axis];
    }
    if (product != part.rowSize()) {
      throw new EnclaveException(
          EnclaveException.Reason.REQUEST_REFUSED,
          "rows have another number of values than the model takes");
    }
    return shape;
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
