package io.silenda.infer.enclave.paging;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.plain.OnnxRuntime;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sealed model that is run page by page: at any time the weights of one page are in memory, in
 * one buffer that every page uses again. Every run reads and decrypts all pages.
 *
 * <p>The cap is on everything resident in this process, the virtual machine and ONNX Runtime
 * included. It is checked before a run, and after each page against the highest value that the
 * kernel saw. Not thread-safe; whoever opens it closes it.
 */
public final class PagedModel implements AutoCloseable {
  private final OrtEnvironment environment;
  private final SealedModel sealed;
  private final PageTable table;
  private final List<Page> pages;
  private final List<Set<String>> inputs;
  private final ByteBuffer memory;
  private final long capBytes;
  private final long[] inputShape;
  private boolean closed;

  private PagedModel(OrtEnvironment environment, SealedModel sealed, PageTable table, long capBytes)
      throws PrivateInferenceException {
    this.environment = environment;
    this.sealed = sealed;
    this.table = table;
    this.pages = table.pages();
    this.capBytes = capBytes;
    this.inputs = new ArrayList<>();
    int largest = 1;
    for (Page page : pages) {
      largest = Math.max(largest, page.spanBytes());
    }
    this.memory = ByteBuffer.allocateDirect(largest);
    this.inputShape = readInputs();
  }

  /**
   * Opens a model that {@link PagedModelWriter} sealed.
   *
   * @param capBytes most bytes that this process may have resident, now and while it runs
   * @throws AttestationException if the container is refused
   * @throws PrivateInferenceException if its content is, or the largest page does not fit the cap
   */
  public static PagedModel open(Path file, ModelKey key, long capBytes)
      throws IOException, AttestationException, PrivateInferenceException {
    return open(OnnxRuntime.environment(), file, key, capBytes);
  }

  /** As {@link #open(Path, ModelKey, long)}, in a process that set ONNX Runtime up by itself. */
  public static PagedModel open(OrtEnvironment environment, Path file, ModelKey key, long capBytes)
      throws IOException, AttestationException, PrivateInferenceException {
    SealedModel sealed = SealedModel.open(file, key);
    try {
      PageTable table = readTable(sealed);
      int largest = table.pages().stream().mapToInt(Page::spanBytes).max().orElse(0);
      long needed = ResidentMemory.currentBytes() + largest;
      if (needed > capBytes) {
        throw overCap("the process and its largest page need " + needed + " bytes", capBytes);
      }
      return new PagedModel(environment, sealed, table, capBytes);
    } catch (IOException | AttestationException | PrivateInferenceException | RuntimeException e) {
      sealed.close();
      throw e;
    }
  }

  /** Whether a container was sealed in pages. */
  public static boolean isPaged(SealedModel sealed) throws IOException, AttestationException {
    return PageTable.startsWithMagic(prefix(sealed));
  }

  /** Shape of the model's input; axes that are not fixed are below 1. */
  public long[] inputShape() {
    return inputShape.clone();
  }

  /** The container's authenticated header. */
  public SealedHeader header() {
    return sealed.header();
  }

  /** Number of pages. */
  public int pageCount() {
    return pages.size();
  }

  /**
   * Computes the model's first output, of floats, from its only input.
   *
   * @param input floats of the shape that the model takes
   * @throws PrivateInferenceException if ONNX Runtime refuses, or the memory's cap was exceeded
   * @throws AttestationException if a chunk of the container was altered
   * @throws IllegalStateException after {@link #close}
   */
  public Tensor run(Tensor input)
      throws IOException, AttestationException, PrivateInferenceException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    if (closed) {
      throw new IllegalStateException("the paged model is closed");
    }
    try {
      tensors.put(table.input(), onnxTensor(input));
      for (int i = 0; i < pages.size(); i++) {
        runPage(i, tensors);
        requireBelowCap();
      }
      return output(tensors);
    } catch (OrtException e) {
      throw new PrivateInferenceException(
          Reason.RUNTIME_FAILED, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    } finally {
      tensors.values().forEach(OnnxTensor::close);
      wipe();
    }
  }

  /** Wipes the page in memory and closes the container; a second call does nothing. */
  @Override
  public void close() throws IOException {
    closed = true;
    wipe();
    sealed.close();
  }

  private void runPage(int index, Map<String, OnnxTensor> tensors)
      throws IOException, AttestationException, OrtException {
    Page page = pages.get(index);
    if (!page.weights().isEmpty()) {
      sealed.read(page.weights().get(0).offset(), memory.clear().limit(page.spanBytes()));
    }
    Map<String, OnnxTensor> read = new HashMap<>(tensors);
    read.keySet().retainAll(inputs.get(index));
    try (PageSession session = PageSession.load(environment, page)) {
      // Not closed as a whole: each tensor is closed when no later page reads it.
      for (Map.Entry<String, OnnxValue> entry : session.run(read, memory)) {
        tensors.put(entry.getKey(), (OnnxTensor) entry.getValue());
      }
    }
    dropUnread(index, tensors);
  }

  private void dropUnread(int index, Map<String, OnnxTensor> tensors) {
    Set<String> needed = new HashSet<>(Set.of(table.output()));
    inputs.subList(index + 1, inputs.size()).forEach(needed::addAll);
    Set<String> unread = new HashSet<>(tensors.keySet());
    unread.removeAll(needed);
    for (String name : unread) {
      OnnxTensor tensor = tensors.remove(name);
      if (tensor != null) {
        tensor.close();
      }
    }
  }

  private void requireBelowCap() throws IOException, PrivateInferenceException {
    long peak = ResidentMemory.peakBytes();
    if (peak > capBytes) {
      throw overCap("the process had " + peak + " bytes resident", capBytes);
    }
  }

  private static PrivateInferenceException overCap(String seen, long capBytes) {
    return new PrivateInferenceException(
        Reason.MEMORY_CAP, seen + ", its cap is " + capBytes + " bytes");
  }

  private OnnxTensor onnxTensor(Tensor tensor) throws OrtException {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    FloatBuffer values = FloatBuffer.wrap(tensor.values());
    return OnnxTensor.createTensor(environment, values, shape);
  }

  private Tensor output(Map<String, OnnxTensor> tensors) throws PrivateInferenceException {
    OnnxTensor tensor = tensors.get(table.output());
    if (tensor == null || tensor.getInfo().type != OnnxJavaType.FLOAT) {
      throw new PrivateInferenceException(
          Reason.UNSUPPORTED_MODEL, "the model's first output must be a tensor of floats");
    }
    float[] values = new float[(int) tensor.getInfo().getNumElements()];
    tensor.getFloatBuffer().get(values);
    int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    return Tensor.of(shape, values);
  }

  private void wipe() {
    ByteBuffer all = memory.clear();
    while (all.remaining() >= Long.BYTES) {
      all.putLong(0);
    }
    while (all.hasRemaining()) {
      all.put((byte) 0);
    }
  }

  private static PageTable readTable(SealedModel sealed)
      throws IOException, AttestationException, PrivateInferenceException {
    long contentBytes = sealed.header().contentBytes();
    ByteBuffer body = ByteBuffer.allocate(PageTable.bodyBytes(prefix(sealed), contentBytes));
    sealed.read(PageTable.PREFIX_BYTES, body);
    return PageTable.parse(body.flip(), contentBytes);
  }

  private static ByteBuffer prefix(SealedModel sealed) throws IOException, AttestationException {
    long contentBytes = sealed.header().contentBytes();
    ByteBuffer prefix = ByteBuffer.allocate((int) Math.min(PageTable.PREFIX_BYTES, contentBytes));
    sealed.read(0, prefix);
    return prefix.flip();
  }

  /** What each page reads, and the shape of the model's own input. */
  private long[] readInputs() throws PrivateInferenceException {
    long[] shape = new long[0];
    for (Page page : pages) {
      try (PageSession session = PageSession.load(environment, page)) {
        Map<String, NodeInfo> read = session.inputs();
        inputs.add(Set.copyOf(read.keySet()));
        NodeInfo input = read.get(table.input());
        if (input != null && input.getInfo() instanceof TensorInfo tensor) {
          shape = tensor.getShape();
        }
      } catch (OrtException e) {
        throw new PrivateInferenceException(
            Reason.NOT_A_PAGED_MODEL, "the sealed content has a page that is no ONNX model");
      }
    }
    if (shape.length == 0) {
      throw new PrivateInferenceException(
          Reason.UNSUPPORTED_MODEL, "no page reads rows from the model's input");
    }
    return shape;
  }
}
