package io.silenda.infer;

import io.silenda.infer.simulate.LayerTrace;
import io.silenda.infer.simulate.SimulatedProgram;
import io.silenda.infer.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows answered by a simulated program, with the time that each would-be ciphertext took. */
final class SimulatedRun {
  private static final long SEED = 20_261_121;

  private final SimulatedProgram program;
  private final int rowsPerGroup;
  private final List<Double> groupMillis = new ArrayList<>();
  private List<LayerTrace> layers = List.of();

  SimulatedRun(SimulatedProgram program, int rowsPerGroup) {
    this.program = program;
    this.rowsPerGroup = rowsPerGroup;
  }

  Tensor answer(Tensor rows) {
    long start = System.nanoTime();
    SimulatedProgram.Result result = program.run(SampleRows.all(rows), SEED);
    double millis = Stopwatch.millisSince(start);
    int groups = (rows.rows() - 1) / rowsPerGroup + 1;
    groupMillis.addAll(Collections.nCopies(groups, millis / groups));
    layers = result.layers();
    int columns = result.answers().get(0).length;
    float[] values = new float[rows.rows() * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) result.answers().get(i / columns)[i % columns];
    }
    return Tensor.of(new int[] {rows.rows(), columns}, values);
  }

  /** One time a group: all rows are run together, so that each has its share. */
  List<Double> groupMillis() {
    return List.copyOf(groupMillis);
  }

  List<LayerTrace> layers() {
    return layers;
  }
}
