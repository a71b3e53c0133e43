package io.silenda.infer;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.approx.InputRange;
import io.silenda.infer.approx.KnownInputs;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.tensor.Tensor;
import java.util.Optional;

/** Declared ranges of inputs, and rows held against them. */
final class InputRanges {
  private InputRanges() {}

  /** What calibration rows and a declared range say of the inputs together. */
  static KnownInputs known(Graph graph, Optional<Tensor> calibration, Optional<InputRange> declared)
      throws PrivateInferenceException {
    if (calibration.isEmpty()) {
      int size = graph.modelInterface().inputShape().elementCount();
      return declared
          .map(range -> KnownInputs.declared(range, size))
          .orElseGet(KnownInputs::nothing);
    }
    Tensor rows = calibration.get();
    if (declared.isEmpty()) {
      return KnownInputs.calibrated(SampleRows.all(rows));
    }
    requireInside(rows, declared.get(), "calibration row");
    return KnownInputs.calibrated(SampleRows.all(rows), declared.get());
  }

  /**
   * Refuses rows outside a range.
   *
   * @param name what a row is called
   */
  static void requireInside(Tensor rows, InputRange range, String name)
      throws PrivateInferenceException {
    for (int row = 0; row < rows.rows(); row++) {
      for (float value : rows.row(row)) {
        if (!range.contains(value)) {
          throw new PrivateInferenceException(
              Reason.INPUT_OUT_OF_RANGE,
              name
                  + " "
                  + row
                  + " holds a value outside the declared input range "
                  + range
                  + ": check that rows are scaled as in training");
        }
      }
    }
  }
}
