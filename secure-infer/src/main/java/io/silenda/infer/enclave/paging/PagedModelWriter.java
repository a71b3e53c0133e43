package io.silenda.infer.enclave.paging;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.ByteString;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModelWriter;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.enclave.paging.GraphSegments.Segment;
import io.silenda.infer.enclave.paging.Page.Weight;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.graph.StandaloneModel;
import io.silenda.infer.plain.OnnxRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a model into pages and seals them: done once, by the model's owner, who has the memory for
 * the whole of it. Each page is loaded into ONNX Runtime, which tells the types of the tensors
 * between pages and refuses what the worker could not run. Not thread-safe.
 */
public final class PagedModelWriter {
  /** Smaller tensors stay in the skeleton: ONNX Runtime reads shapes while it loads. */
  private static final int MIN_PAGED_BYTES = 1 << 12;

  private final ModelProto model;
  private final String input;
  private final GraphSegments segments;
  private final Map<String, ValueInfoProto> types = new HashMap<>();
  private final List<Page> pages = new ArrayList<>();
  private final List<ByteString> values = new ArrayList<>();
  private long weightBytes;

  private PagedModelWriter(ModelProto model) throws PrivateInferenceException {
    this.model = model;
    this.input = onlyInput();
    this.segments = new GraphSegments(model.getGraph());
    model.getGraph().getInputList().forEach(input -> types.put(input.getName(), input));
  }

  /**
   * Seals a model in pages.
   *
   * @param model an ONNX file of at most one gibibyte
   * @param pageBytes most bytes of constants a page; the worker holds one page at a time
   * @param previous the head that the new container follows
   * @throws PrivateInferenceException if a layer is larger than a page, or ONNX Runtime refuses
   */
  public static SealedHeader seal(
      Path model, Path target, ModelKey key, ModelHead previous, long pageBytes)
      throws IOException, OnnxImportException, PrivateInferenceException {
    return seal(StandaloneModel.read(model), target, key, previous, pageBytes);
  }

  static SealedHeader seal(
      ModelProto model, Path target, ModelKey key, ModelHead previous, long pageBytes)
      throws IOException, PrivateInferenceException {
    if (pageBytes < 1 || pageBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "pageBytes is " + pageBytes + ", must be in [1, " + Integer.MAX_VALUE + "]");
    }
    PagedModelWriter writer = new PagedModelWriter(model);
    for (Segment segment : writer.segments.cut(pageBytes)) {
      writer.add(segment);
    }
    return writer.write(target, key, previous);
  }

  private void add(Segment segment) throws PrivateInferenceException {
    List<Weight> weights = new ArrayList<>();
    List<ByteString> content = new ArrayList<>();
    GraphProto.Builder graph = GraphProto.newBuilder().setName("page" + pages.size());
    graph.addAllNode(segment.nodes());
    for (String name : segment.constants()) {
      TensorProto tensor = segments.initializer(name);
      Optional<ByteString> data =
          ElementTypes.values(tensor).filter(bytes -> bytes.size() >= MIN_PAGED_BYTES);
      if (data.isPresent()) {
        Weight weight = place(tensor, data.get().size());
        weights.add(weight);
        content.add(data.get());
        graph.addInput(typed(name, weight.type(), weight.shape()));
      } else {
        graph.addInitializer(tensor);
      }
    }
    for (String name : segment.inputs()) {
      graph.addInput(types.getOrDefault(name, named(name)));
    }
    segment.outputs().forEach(name -> graph.addOutput(named(name)));
    byte[] skeleton = model.toBuilder().setGraph(graph).build().toByteArray();
    Page page = new Page(skeleton, weights);
    learnTypes(page);
    pages.add(page);
    values.addAll(content);
  }

  /** Offsets count from the first weight until the table's length is known. */
  private Weight place(TensorProto tensor, int size) {
    long offset = PageTable.align(weightBytes);
    weightBytes = offset + size;
    return new Weight(tensor.getName(), tensor.getDataType(), tensor.getDimsList(), offset, size);
  }

  private static ValueInfoProto named(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }

  private void learnTypes(Page page) throws PrivateInferenceException {
    try (PageSession session = PageSession.load(OnnxRuntime.environment(), page)) {
      for (NodeInfo output : session.outputs()) {
        if (output.getInfo() instanceof TensorInfo info && info.type != OnnxJavaType.UNKNOWN) {
          int type = TensorProto.DataType.valueOf(info.type.name()).getNumber();
          types.put(output.getName(), typed(output.getName(), type, info.getShape()));
        } else {
          throw new PrivateInferenceException(
              Reason.UNSUPPORTED_MODEL, "what passes between pages must be tensors of numbers");
        }
      }
    } catch (OrtException e) {
      throw new PrivateInferenceException(
          Reason.RUNTIME_FAILED,
          "page " + pages.size() + ": " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  private static ValueInfoProto typed(String name, int elementType, long[] dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      TensorShapeProto.Dimension.Builder axis = shape.addDimBuilder();
      if (dimension >= 0) {
        axis.setDimValue(dimension);
      }
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(elementType).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private PageTable table(List<Page> all) {
    return new PageTable(input, model.getGraph().getOutput(0).getName(), all);
  }

  /** The only input that is no initializer. */
  private String onlyInput() throws PrivateInferenceException {
    GraphProto graph = model.getGraph();
    Set<String> names = new LinkedHashSet<>();
    graph.getInputList().forEach(info -> names.add(info.getName()));
    graph.getInitializerList().forEach(tensor -> names.remove(tensor.getName()));
    if (names.size() != 1 || graph.getOutputCount() == 0) {
      throw new PrivateInferenceException(
          Reason.UNSUPPORTED_MODEL,
          "a paged model has one input and an output, this one has " + names.size() + " inputs");
    }
    return names.iterator().next();
  }

  private SealedHeader write(Path target, ModelKey key, ModelHead previous) throws IOException {
    // Lengths do not depend on offsets, so that a first encoding tells where the weights start.
    long start = PageTable.align(table(pages).encode().length);
    List<Page> placed = new ArrayList<>();
    for (Page page : pages) {
      List<Weight> weights = new ArrayList<>();
      for (Weight w : page.weights()) {
        weights.add(
            new Weight(w.name(), w.type(), w.dimensions(), start + w.offset(), w.sizeBytes()));
      }
      placed.add(new Page(page.skeleton(), weights));
    }
    try (SealedModelWriter out =
        SealedModelWriter.open(target, key, previous, SealedModelWriter.DEFAULT_CHUNK_BYTES)) {
      byte[] table = table(placed).encode();
      out.write(table);
      long position = table.length;
      int next = 0;
      for (Page page : placed) {
        for (Weight weight : page.weights()) {
          out.write(new byte[(int) (weight.offset() - position)]);
          values.get(next++).writeTo(out);
          position = weight.offset() + weight.sizeBytes();
        }
      }
      return out.finish();
    }
  }
}
