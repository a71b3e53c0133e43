package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded mutants that are well-formed files of strange content: other operators, sizes out of
 * range, wires that cross. With those of {@link OnnxImporterFuzzTest} they are more than 10,000.
 */
class OnnxStructureFuzzTest {
  private static final long SEED = 20261121;
  private static final int MUTANTS_PER_MODEL = 210;
  private static final List<String> OPERATORS =
      List.of(
          "Conv",
          "ConvTranspose",
          "Gemm",
          "MatMul",
          "BatchNormalization",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "AveragePool",
          "GlobalAveragePool",
          "ReduceMean",
          "ReduceSum",
          "Flatten",
          "Reshape",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Slice",
          "Concat",
          "Pad",
          "Split",
          "Gather",
          "Identity",
          "Dropout",
          "Cast",
          "Pow",
          "Relu",
          "PRelu",
          "Clip",
          "Max",
          "Min",
          "Softmax",
          "ArgMax",
          "TopK",
          "Shape",
          "Constant",
          "MaxPool",
          "Celu",
          "Sigmoid");
  private static final long[] SIZES = {
    0,
    1,
    -1,
    2,
    3,
    7,
    64,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  @TempDir Path folder;

  @Test
  void everyMutantIsImportedOrRefused() throws Exception {
    Path file = folder.resolve("mutant.onnx");
    List<Path> models = TestModels.all();
    int refused = 0;
    for (Path path : models) {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(path));
      for (int i = 0; i < MUTANTS_PER_MODEL; i++) {
        long seed = SEED + i;
        Files.write(file, mutant(model, new Random(seed)).toByteArray());
        String which = path.getFileName() + ", seed " + seed;
        refused += OnnxImporterFuzzTest.imports(file, which) ? 0 : 1;
      }
    }
    assertThat(refused).isGreaterThan(models.size() * MUTANTS_PER_MODEL / 4);
  }

  private static ModelProto mutant(ModelProto model, Random random) {
    ModelProto.Builder mutant = model.toBuilder();
    GraphProto.Builder graph = mutant.getGraphBuilder();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      switch (random.nextInt(5)) {
        case 0 -> node(graph, random).setOpType(any(OPERATORS, random));
        case 1 -> attribute(node(graph, random), random);
        case 2 -> wire(graph, node(graph, random), random);
        case 3 -> sizes(graph, random);
        default -> mutant.getOpsetImportBuilder(0).setVersion(7 + random.nextInt(15));
      }
    }
    return mutant.build();
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static NodeProto.Builder node(GraphProto.Builder graph, Random random) {
    return graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
  }

  private static void attribute(NodeProto.Builder node, Random random) {
    long size = SIZES[random.nextInt(SIZES.length)];
    if (node.getAttributeCount() == 0 || random.nextInt(4) == 0) {
      String name = any(List.of("axis", "axes", "pads", "group", "k", "perm", "split"), random);
      node.addAttribute(
          random.nextBoolean() ? OnnxBuilder.integer(name, size) : OnnxBuilder.ints(name, size, 1));
      return;
    }
    AttributeProto.Builder attribute =
        node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
    if (attribute.getIntsCount() > 0) {
      attribute.setInts(random.nextInt(attribute.getIntsCount()), size);
    } else if (attribute.getFloatsCount() > 0) {
      attribute.setFloats(0, random.nextBoolean() ? Float.NaN : 1e30f);
    } else {
      attribute.setI(size).setF((float) size);
    }
  }

  private static void wire(GraphProto.Builder graph, NodeProto.Builder node, Random random) {
    NodeProto.Builder other = node(graph, random);
    if (node.getInputCount() > 0 && other.getOutputCount() > 0) {
      String name =
          random.nextBoolean() || other.getInputCount() == 0
              ? other.getOutput(0)
              : other.getInput(random.nextInt(other.getInputCount()));
      node.setInput(random.nextInt(node.getInputCount()), name);
    }
  }

  private static void sizes(GraphProto.Builder graph, Random random) {
    long size = SIZES[random.nextInt(SIZES.length)];
    if (graph.getInitializerCount() > 0 && random.nextBoolean()) {
      TensorProto.Builder tensor =
          graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
      if (tensor.getDimsCount() > 1 && random.nextBoolean()) {
        long first = tensor.getDims(0);
        tensor.setDims(0, tensor.getDims(1)).setDims(1, first);
      } else if (tensor.getDimsCount() > 0) {
        tensor.setDims(random.nextInt(tensor.getDimsCount()), size);
      }
    } else {
      var shape =
          graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
      if (shape.getDimCount() > 0) {
        shape.setDim(
            random.nextInt(shape.getDimCount()), OnnxBuilder.size(random.nextBoolean() ? size : 9));
      }
    }
  }
}
