package io.silenda.infer.enclave.paging;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.silenda.infer.enclave.paging.Page.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One page loaded into ONNX Runtime. Large weights are inputs of the page's model, so that they
 * stay where they are: nothing is copied, laid out anew or kept. Whoever makes it closes it.
 */
final class PageSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final Page page;
  private final OrtSession session;

  private PageSession(OrtEnvironment environment, Page page, OrtSession session) {
    this.environment = environment;
    this.page = page;
    this.session = session;
  }

  static PageSession load(OrtEnvironment environment, Page page) throws OrtException {
    try (OrtSession.SessionOptions options = options()) {
      return new PageSession(
          environment, page, environment.createSession(page.skeleton(), options));
    }
  }

  private OnnxTensor tensor(Weight weight, ByteBuffer memory) throws OrtException {
    int from = (int) (weight.offset() - page.weights().get(0).offset());
    ByteBuffer data = memory.slice(from, (int) weight.sizeBytes()).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(
        environment, data, weight.shape(), ElementTypes.javaType(weight.type()));
  }

  /** One thread, and nothing kept for a next run that will not come. */
  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    options.setCPUArenaAllocator(false);
    options.setMemoryPatternOptimization(false);
    return options;
  }

  /**
   * Runs the page; the caller closes the tensors in the result.
   *
   * @param inputs the tensors that the page reads, by name
   * @param memory direct memory that holds the page's weights, starting with the first
   */
  OrtSession.Result run(Map<String, OnnxTensor> inputs, ByteBuffer memory) throws OrtException {
    Map<String, OnnxTensor> all = new HashMap<>(inputs);
    List<OnnxTensor> weights = new ArrayList<>();
    try {
      for (Weight weight : page.weights()) {
        OnnxTensor tensor = tensor(weight, memory);
        weights.add(tensor);
        all.put(weight.name(), tensor);
      }
      return session.run(all);
    } finally {
      weights.forEach(OnnxTensor::close);
    }
  }

  /** What the runtime says of what the page reads, its weights included. */
  Map<String, NodeInfo> inputs() throws OrtException {
    return session.getInputInfo();
  }

  /** What the runtime says of the page's outputs. */
  Collection<NodeInfo> outputs() throws OrtException {
    return session.getOutputInfo().values();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
