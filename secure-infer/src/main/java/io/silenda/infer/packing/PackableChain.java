package io.silenda.infer.packing;

import java.util.List;
import java.util.Optional;

/**
 * A chain of stages with the shape of its input.
 *
 * @param stages linear stages and squares; the first and the last are linear
 * @param inputSize elements of one input row
 * @param inputImage the input's shape where it is an image
 */
public record PackableChain(List<Stage> stages, int inputSize, Optional<ImageShape> inputImage) {
  /** Copies the list of stages. */
  public PackableChain {
    stages = List.copyOf(stages);
  }
}
