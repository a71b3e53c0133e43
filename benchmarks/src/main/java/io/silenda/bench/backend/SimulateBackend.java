package io.silenda.bench.backend;

import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.Guarantee;
import io.silenda.infer.Mode;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.tensor.Tensor;
import java.util.Map;

/** A dry run of encryption in the clear. */
final class SimulateBackend implements Backend {

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public Session open(Subject subject) throws Exception {
    PrivateModel model = subject.readModel();
    return new Open(model, model.compile(CompileOptions.automatic().withBatch(1)));
  }

  private record Open(PrivateModel model, CompiledModel compiled) implements Session {
    @Override
    public Setup setup() {
      return new Setup(
          compiled.parameters().toString(),
          0,
          0,
          "the whole process: nothing leaves it",
          false,
          Guarantee.of(Mode.SIMULATE));
    }

    @Override
    public Exchange answer(Tensor rows) throws Exception {
      Tensor input = model.conform(rows);
      long start = System.nanoTime();
      Tensor core = compiled.simulate(input);
      return Exchange.of(core, Map.of("simulate", (double) (System.nanoTime() - start)), 0, 0);
    }

    @Override
    public void close() {}
  }
}
