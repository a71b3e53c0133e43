package io.silenda.infer.graph;

import java.util.List;

/**
 * How the ONNX file names what goes in and out.
 *
 * @param inputName name of the only input tensor
 * @param inputShape shape of one input row
 * @param outputNames names of the graph's outputs, in the file's order
 * @param outputTails for each output, what the client does to the decrypted core tensor to get it
 * @param firstFloatOutput name of the first output that holds floating-point numbers; where that
 *     output is a map (ZipMap), the tensor it was made of; where there is none, the core tensor
 * @param coreTensorName name of the tensor that the server computes, the last one before the
 *     client's tail; made up where the file has no such tensor (LinearClassifier)
 * @param coreShape shape of one row of the core tensor
 */
public record ModelInterface(
    String inputName,
    TensorShape inputShape,
    List<String> outputNames,
    List<ClientTail> outputTails,
    String firstFloatOutput,
    String coreTensorName,
    TensorShape coreShape) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the lists differ in length
   */
  public ModelInterface {
    outputNames = List.copyOf(outputNames);
    outputTails = List.copyOf(outputTails);
    if (outputNames.size() != outputTails.size()) {
      throw new IllegalArgumentException(
          "outputTails has " + outputTails.size() + " entries, must be " + outputNames.size());
    }
  }
}
