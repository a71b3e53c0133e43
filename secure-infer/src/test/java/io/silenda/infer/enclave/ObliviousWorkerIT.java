package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.enclave.worker.RuntimeModel;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A worker that answers with the oblivious kernels' result of the model's outputs. */
class ObliviousWorkerIT {
  private static final Path DIGITS = Path.of("../demo/mnist_test_x_u8.npy");

  @Test
  void theTailIsComputedInsideAndMeasured() throws Exception {
    WorkerOptions plainOptions = Workers.options();
    ObliviousTail tail = ObliviousTail.parse("top-3");
    WorkerOptions options = plainOptions.withExecution(ExecutionPolicy.DEFAULT.withTail(tail));
    Tensor rows = Npy.read(DIGITS).rows(0, 20);
    try (WorkerInstallation installation = WorkerInstallation.of(Workers.OTHER_MODEL, options);
        WorkerInstallation without = WorkerInstallation.of(Workers.OTHER_MODEL, plainOptions);
        Workers.Running worker = Workers.start(installation, options);
        EnclaveClient client = worker.connect(installation.measure(), options);
        RuntimeModel model = RuntimeModel.open(Workers.OTHER_MODEL)) {
      assertThat(installation.measure().digest()).isNotEqualTo(without.measure().digest());
      assertThat(installation.measure().text()).contains("libsilenda_he.so");
      assertThat(without.measure().text()).doesNotContain("libsilenda_he.so");
      Tensor scores = model.run(rows);
      Tensor answer = client.infer(rows).output();
      assertThat(answer.shape()).containsExactly(20, 6);
      for (int row = 0; row < rows.rows(); row++) {
        float[] seen = answer.row(row);
        float[] all = scores.row(row);
        for (int i = 0; i < 3; i++) {
          assertThat(seen[i]).isEqualTo(all[(int) seen[3 + i]]);
        }
        float third = seen[2];
        int larger = 0;
        for (float score : all) {
          larger += score > third ? 1 : 0;
        }
        assertThat(larger).as("scores above the third in row %d", row).isEqualTo(2);
      }
    }
  }
}
