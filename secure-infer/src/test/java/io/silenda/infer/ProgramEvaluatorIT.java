package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.AcceleratedEvaluator;
import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.KeyGenerator;
import io.silenda.he.NativeMemory;
import io.silenda.he.Plaintext;
import io.silenda.he.SecretKey;
import io.silenda.infer.packing.ImageShape;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.packing.RandomChains;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
import io.silenda.infer.schedule.SchedulePass;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Encrypted answers beside those in the clear. */
class ProgramEvaluatorIT {
  private static final long SEED = 17;
  private final RandomChains chains = new RandomChains(SEED);

  @Test
  void branchesSumsAndProducts() throws Exception {
    ScheduledProgram program =
        assertComputes(RandomChains.branching(chains), 1, OptionalDouble.empty());
    assertThat(program.levels()).containsExactly(5, 4, 3, 2, 1, 0);
  }

  @Test
  void branchesOfSeveralRows() throws Exception {
    assertComputes(RandomChains.branching(chains), 4, OptionalDouble.empty());
  }

  @Test
  void tensorsOfSeveralCiphertexts() throws Exception {
    Stage.Linear convolution = chains.convolution(24, 10, 3, 1);
    StageGraph graph =
        StageGraph.chain(
            List.of(convolution, RandomChains.square(), chains.dense(5, convolution.outputSize())),
            576,
            Optional.of(new ImageShape(1, 24, 24)));
    ScheduledProgram program = assertComputes(graph, 1, OptionalDouble.empty());
    assertThat(program.program().blocks()[1]).isGreaterThan(1);
  }

  private ScheduledProgram assertComputes(StageGraph graph, int batch, OptionalDouble maxError)
      throws Exception {
    double[][] rows = chains.rows(8, graph.inputSize());
    SchedulePass pass = new SchedulePass(graph, List.of(rows), 4, maxError);
    ScheduledProgram program = pass.run(batch).orElseThrow();
    double bound = pass.forecast(program).bound();
    double[][] used = Arrays.copyOf(rows, batch);
    double[][] answers = encrypted(program, used, bound);
    for (int row = 0; row < batch; row++) {
      double[] expected = RandomChains.evaluate(graph, used[row]);
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(answers[row][i] - expected[i]))
            .as("seed %d, row %d, output %d: %s", SEED, row, i, expected[i])
            .isLessThan(bound);
      }
    }
    return program;
  }

  private static double[][] encrypted(ScheduledProgram scheduled, double[][] rows, double bound)
      throws Exception {
    PackedProgram program = scheduled.program();
    try (CkksContext context = CkksContext.create(scheduled.parameters());
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, scheduled.keyPlan());
        Plaintext plaintext =
            new Encoder(context)
                .encode(
                    program.input().pack(rows),
                    scheduled.parameters().maxLevel(),
                    Math.pow(2, scheduled.inputLog2Scale()));
        Ciphertext input = Encryptor.symmetric(context, secret).encrypt(plaintext);
        ProgramEvaluator evaluator = new ProgramEvaluator(scheduled, context)) {
      long before = NativeMemory.allocatedBytes();
      ForkJoinPool pool = new ForkJoinPool(2);
      try (Ciphertext answer =
          pool.submit(() -> evaluator.evaluate(new AcceleratedEvaluator(context), input, keys))
              .get()) {
        assertThat(NativeMemory.allocatedBytes() - before).isEqualTo(answer.nativeBytes());
        double[] slots = new Decryptor(context, secret).decrypt(answer);
        assertThat(program.output().largestOutside(slots)).isLessThan(bound);
        return program.output().unpack(slots, rows.length);
      } finally {
        pool.shutdown();
      }
    }
  }
}
