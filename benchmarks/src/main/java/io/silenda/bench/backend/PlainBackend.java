package io.silenda.bench.backend;

import io.silenda.infer.Guarantee;
import io.silenda.infer.Mode;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime in the clear, on one thread: the baseline. */
final class PlainBackend implements Backend {
  private static final int BYTES_A_VALUE = 4;

  @Override
  public String name() {
    return Backends.BASELINE;
  }

  @Override
  public Session open(Subject subject) throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(Path.of(subject.model()));
    return new Open(model, PlainModel.open(Path.of(subject.model()), model.graph()));
  }

  private record Open(PrivateModel model, PlainModel plain) implements Session {
    @Override
    public Setup setup() {
      return new Setup(
          "none: in the clear", 0, 0, "the whole server", false, Guarantee.of(Mode.PLAIN));
    }

    @Override
    public Exchange answer(Tensor rows) throws Exception {
      long start = System.nanoTime();
      PlainModel.Result result = plain.run(model.conform(rows));
      double nanos = System.nanoTime() - start;
      long sent = (long) BYTES_A_VALUE * rows.values().length;
      long received = (long) BYTES_A_VALUE * result.firstFloatOutput().values().length;
      return new Exchange(
          result.coreTensor(),
          result.firstFloatOutput(),
          Map.of("server: compute", nanos),
          sent,
          received);
    }

    @Override
    public void close() {
      plain.close();
    }
  }
}
