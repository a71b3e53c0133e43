package io.silenda.infer.bundle;

import io.silenda.infer.packing.InputPacking;
import io.silenda.infer.packing.OutputPacking;

/** Where rows go and where answers are. */
final class LayoutPart {
  private static final int MAX_SLOTS = 1 << 15;

  private LayoutPart() {}

  static void writeInput(ContentWriter out, InputPacking input) {
    out.ints(input.elements()).int32(input.batch()).int32(input.inputSize());
  }

  static InputPacking readInput(ContentReader in) throws BundleFormatException {
    int[] elements = in.ints("input elements", -1, MAX_SLOTS - 1, MAX_SLOTS);
    return new InputPacking(
        elements, in.int32("input batch", 1, MAX_SLOTS), in.int32("input size", 1, MAX_SLOTS));
  }

  static void writeOutput(ContentWriter out, OutputPacking output) {
    out.ints(output.positions()).int32(output.batch()).int32(output.copies());
  }

  static OutputPacking readOutput(ContentReader in) throws BundleFormatException {
    int[] positions = in.ints("output positions", 0, MAX_SLOTS - 1, MAX_SLOTS);
    int batch = in.int32("output batch", 1, MAX_SLOTS);
    int copies = in.version() == 2 ? 1 : in.int32("output copies", 1, MAX_SLOTS);
    return new OutputPacking(positions, batch, copies);
  }
}
