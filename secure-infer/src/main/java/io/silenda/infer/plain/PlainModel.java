package io.silenda.infer.plain;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.silenda.infer.graph.BaselineModel;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.ModelInterface;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.tensor.Tensor;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A model that ONNX Runtime computes in the clear, on the CPU with one thread a call: the baseline.
 *
 * <p>Safe for use by several threads. Whoever opens it closes it; {@link #close} waits for running
 * calls.
 */
public final class PlainModel implements AutoCloseable {
  private static final int MAX_CHUNK_ROWS = 64;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelInterface names;
  private final int chunkRows;
  private final boolean fixedBatch;
  private final boolean takesDoubles;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * What a model gives for a batch of rows.
   *
   * @param firstFloatOutput the model's first float output, one row an input row
   * @param coreTensor the tensor before the client's tail, one row an input row
   */
  public record Result(Tensor firstFloatOutput, Tensor coreTensor) {}

  private PlainModel(
      OrtEnvironment environment, OrtSession session, ModelInterface names, TensorInfo input) {
    this.environment = environment;
    this.session = session;
    this.names = names;
    long batchSize = input.getShape()[0];
    this.fixedBatch = batchSize > 0;
    this.chunkRows = fixedBatch ? Math.toIntExact(batchSize) : MAX_CHUNK_ROWS;
    this.takesDoubles = input.type == OnnxJavaType.DOUBLE;
  }

  /**
   * Opens the model at {@code file}, which is read once.
   *
   * @param graph what the importer made of the same file
   * @throws OnnxImportException if the file cannot be read or is not the one {@code graph} is from
   * @throws PlainModelException if ONNX Runtime refuses it
   */
  public static PlainModel open(Path file, Graph graph)
      throws OnnxImportException, PlainModelException {
    byte[] bytes = BaselineModel.serialize(file, graph);
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // The copy of the model keeps initializers that nothing reads; the runtime warns of each.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      ModelInterface names = graph.modelInterface();
      OrtSession session = environment.createSession(bytes, options);
      return new PlainModel(environment, session, names, input(session, names.inputName()));
    } catch (OrtException e) {
      throw new PlainModelException(
          PlainModelException.Reason.LOAD,
          file.getFileName() + ": ONNX Runtime cannot load the model: " + oneLine(e),
          e);
    }
  }

  private static String oneLine(OrtException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " ");
  }

  private static TensorInfo input(OrtSession session, String name) throws OrtException {
    NodeInfo node = session.getInputInfo().get(name);
    if (node != null && node.getInfo() instanceof TensorInfo tensor) {
      return tensor;
    }
    throw new OrtException("the model has no input tensor " + name);
  }

  /**
   * Computes every row of {@code input}.
   *
   * @param input rows of as many values as the model's input, under any shape
   * @throws IllegalArgumentException if a row has another number of values
   * @throws IllegalStateException after {@link #close}
   * @throws PlainModelException if ONNX Runtime fails
   */
  public Result run(Tensor input) throws PlainModelException {
    int expected = names.inputShape().elementCount();
    if (input.rowSize() != expected) {
      throw new IllegalArgumentException(
          "input has " + input.rowSize() + " values a row, must have " + expected);
    }
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      RowCollector first = new RowCollector(input.rows());
      RowCollector core = new RowCollector(input.rows());
      for (int row = 0; row < input.rows(); row += chunkRows) {
        int end = Math.min(row + chunkRows, input.rows());
        runChunk(input.rows(row, end), first, core);
      }
      return new Result(first.tensor(), core.tensor());
    } catch (OrtException e) {
      throw new PlainModelException(
          PlainModelException.Reason.RUN, "ONNX Runtime cannot run the model: " + oneLine(e), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void runChunk(Tensor rows, RowCollector first, RowCollector core) throws OrtException {
    // A fixed batch is filled up with zero rows, whose results are dropped.
    int batch = fixedBatch ? chunkRows : rows.rows();
    float[] data = Arrays.copyOf(rows.values(), batch * rows.rowSize());
    Set<String> wanted =
        new LinkedHashSet<>(Arrays.asList(names.firstFloatOutput(), names.coreTensorName()));
    try (OnnxTensor input = inputTensor(data, inputShape(batch));
        OrtSession.Result result = session.run(Map.of(names.inputName(), input), wanted)) {
      first.add(tensor(result, names.firstFloatOutput()), batch, rows.rows());
      core.add(tensor(result, names.coreTensorName()), batch, rows.rows());
    }
  }

  private OnnxTensor inputTensor(float[] data, long[] shape) throws OrtException {
    if (!takesDoubles) {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(data), shape);
    }
    double[] wide = new double[data.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = data[i];
    }
    return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(wide), shape);
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private long[] inputShape(int batch) {
    long[] shape = new long[names.inputShape().rank() + 1];
    shape[0] = batch;
    for (int axis = 1; axis < shape.length; axis++) {
      shape[axis] = names.inputShape().dimension(axis - 1);
    }
    return shape;
  }

  /** Frees ONNX Runtime's memory; a second call does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close the model", e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
