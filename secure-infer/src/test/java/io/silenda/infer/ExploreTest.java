package io.silenda.infer;

import io.silenda.infer.schedule.Flooding;
import io.silenda.infer.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ExploreTest {
  @Test
  void explore() throws Exception {
    for (String name : System.getProperty("nets", "logreg_breast_cancer,mlp_square").split(",")) {
      Tensor rows =
          name.startsWith("logreg") ? TestModels.patients().rows(0, 50) : TestModels.digits(0, 50);
      PrivateModel model = PrivateModel.fromOnnx(TestModels.file(name + ".onnx")).calibrate(rows);
      for (String b : System.getProperty("bits", "0,20,30,40").split(",")) {
        int bits = Integer.parseInt(b);
        CompileOptions options = CompileOptions.automatic();
        if (bits > 0) {
          options = options.withFlooding(new Flooding(bits));
        }
        if (System.getProperty("max") != null)
          options = options.withMaxError(Double.parseDouble(System.getProperty("max")));
        long t = System.nanoTime();
        try {
          CompiledModel c = model.compile(options);
          System.out.printf(
              "XX %s %d: %s batch %d err %.3g bound %.3g scale %.1f answer %.1f  %.0f ms%n%s%n",
              name,
              bits,
              c.parameters(),
              c.batch(),
              c.predictedMaxError(),
              c.errorBound().total(),
              c.serverBundle().program().resultLog2Scale(),
              c.serverBundle().program().answerLog2Scale(),
              (System.nanoTime() - t) / 1e6,
              c.serverBundle().modelDigest());
          if (Boolean.getBoolean("ir"))
            System.out.println(c.dumpIr().substring(c.dumpIr().indexOf("batch")));
          if (Boolean.getBoolean("he")) {
            try (var plain =
                io.silenda.infer.plain.PlainModel.open(
                    TestModels.file(name + ".onnx"), model.graph())) {
              var r =
                  new InferenceRunner(model, plain)
                      .runEncrypted(rows.rows(0, 4), options, 2, Progress.NONE);
              System.out.println(
                  "XX   he error " + r.maxAbsErrorVsPlain() + " ms " + r.serverComputeMillis());
            }
          }
        } catch (PrivateInferenceException e) {
          System.out.printf(
              "XX %s %d: %s %.0f ms%n", name, bits, e.getMessage(), (System.nanoTime() - t) / 1e6);
        }
      }
    }
  }
}
