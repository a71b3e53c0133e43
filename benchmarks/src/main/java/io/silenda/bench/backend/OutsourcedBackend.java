package io.silenda.bench.backend;

import ai.onnxruntime.OrtException;
import io.silenda.bench.measure.Resources;
import io.silenda.infer.Guarantee;
import io.silenda.infer.Mode;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.enclave.outsource.Accelerator;
import io.silenda.infer.enclave.outsource.FieldMap;
import io.silenda.infer.enclave.outsource.OutsourcedNetwork;
import io.silenda.infer.enclave.outsource.PrimeField;
import io.silenda.infer.enclave.outsource.RuntimeAccelerator;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An enclave that hands its dense layers and convolutions, blinded and checked, to an untrusted
 * accelerator. Both are SIMULATED: they are one process, the accelerator is ONNX Runtime on the
 * same processor, and there is no channel to the client. So all of a request's time is shown, in
 * parts, and only the enclave's own parts are what a faster accelerator would leave.
 */
final class OutsourcedBackend implements Backend {
  private static final PrimeField FIELD = PrimeField.MERSENNE_31;
  private static final int CHECKS = 2;
  private static final int THREADS = 1;
  private static final Guarantee GUARANTEE =
      new Guarantee(
          Mode.ENCLAVE,
          List.of(
              "the accelerator: weights, sizes, timing",
              "SIMULATED: everything, if whoever runs the machine wants to"),
          List.of("the output"),
          List.of("SIMULATED: the host; no hardware stands behind this"),
          List.of(
              "a wrong answer of the accelerator, with probability 2^-62",
              "the host: a process is no TEE",
              "side channels",
              "denial of service"));

  @Override
  public String name() {
    return "enclave + accelerator (SIMULATED)";
  }

  @Override
  public Session open(Subject subject) throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(Path.of(subject.model()));
    Resources resources = new Resources();
    Away away = new Away(resources);
    try {
      return new Open(
          model, new OutsourcedNetwork(model.graph(), FIELD, CHECKS, away::connect), away);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /** The accelerator, with a clock and a count of bytes around it. */
  private static final class Away {
    private final Resources resources;
    private double nanos;
    private long sentBytes;
    private long receivedBytes;

    Away(Resources resources) {
      this.resources = resources;
    }

    Accelerator connect(List<FieldMap> maps) {
      try {
        RuntimeAccelerator own = resources.own(RuntimeAccelerator.open(FIELD, maps, THREADS));
        return (layer, inputs, rows) -> multiply(own, layer, inputs, rows);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot multiply: " + e.getMessage(), e);
      }
    }

    private int[] multiply(Accelerator own, int layer, int[] inputs, int rows) throws IOException {
      long start = System.nanoTime();
      int[] outputs = own.multiply(layer, inputs, rows);
      nanos += System.nanoTime() - start;
      sentBytes += (long) Integer.BYTES * inputs.length;
      receivedBytes += (long) Integer.BYTES * outputs.length;
      return outputs;
    }

    void reset() {
      nanos = 0;
      sentBytes = 0;
      receivedBytes = 0;
    }
  }

  private record Open(PrivateModel model, OutsourcedNetwork network, Away away) implements Session {
    @Override
    public Setup setup() {
      return new Setup(
          CHECKS + " checks modulo 2^31 - 1; bytes are those between enclave and accelerator",
          0,
          0,
          "the process, the accelerator's part included",
          false,
          GUARANTEE);
    }

    @Override
    public Exchange answer(Tensor rows) throws Exception {
      double[][] inputs = inputs(model.conform(rows));
      away.reset();
      long start = System.nanoTime();
      network.preparePads(inputs.length);
      long prepared = System.nanoTime();
      double[][] outputs = network.evaluate(inputs);
      double evaluated = System.nanoTime() - prepared;
      Map<String, Double> phases = new LinkedHashMap<>();
      phases.put("enclave: pads, ahead of a request", (double) (prepared - start));
      phases.put("enclave: blind, check, the rest", evaluated - away.nanos);
      phases.put("accelerator: multiply", away.nanos);
      return Exchange.of(tensor(outputs), phases, away.sentBytes, away.receivedBytes);
    }

    private static double[][] inputs(Tensor rows) {
      double[][] inputs = new double[rows.rows()][rows.rowSize()];
      for (int row = 0; row < inputs.length; row++) {
        float[] values = rows.row(row);
        for (int i = 0; i < values.length; i++) {
          inputs[row][i] = values[i];
        }
      }
      return inputs;
    }

    private static Tensor tensor(double[][] rows) {
      float[] values = new float[rows.length * rows[0].length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
      }
      return Tensor.of(new int[] {rows.length, rows[0].length}, values);
    }

    @Override
    public void close() {
      away.resources.close();
    }
  }
}
