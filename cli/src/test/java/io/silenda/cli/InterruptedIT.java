package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left behind when the disk is full, or the user interrupts. */
class InterruptedIT {
  private static final Path MODEL = Path.of("../demo/tenseal_cnn_square.onnx");
  private static final long LIMIT_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void controlCLeavesNothing() throws Exception {
    Path bundles = folder.resolve("bundles");
    Path keys = folder.resolve("keys");
    Path input = folder.resolve("x.npy");
    Npy.write(input, Tensor.of(new int[] {500, 784}, new float[500 * 784]));
    done("compile", MODEL, "-o", bundles);
    Path bundle = bundles.resolve("client.bundle");
    done("keygen", "--client", bundle, "-o", keys);
    Path request = folder.resolve("request");
    done("encrypt", "--client", bundle, "--keys", keys, "--input", input, "-o", request);
    Path out = Files.createDirectory(folder.resolve("out"));
    // Whoever runs the tests in the background ignores interrupts, and children inherit that.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        Processes.silenda(
            "evaluate",
            "--server",
            bundles.resolve("server.bundle"),
            "--evaluation-keys",
            keys.resolve("evaluation.keys"),
            "--input",
            request,
            "-o",
            out.resolve("response")));
    Process evaluate = new ProcessBuilder(command).redirectErrorStream(true).start();
    waitForPartialFile(evaluate, out);
    new ProcessBuilder("kill", "-INT", String.valueOf(evaluate.pid())).start().waitFor();
    assertThat(evaluate.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(evaluate.exitValue()).isEqualTo(130);
    assertThat(names(out)).isEmpty();
  }

  @Test
  void aFullDiskLeavesNothing() throws Exception {
    Path bundles = folder.resolve("bundles");
    done("compile", MODEL, "-o", bundles);
    Path keys = folder.resolve("keys");
    // A file of more than 12 MB cannot be written: the library just fits, the keys do not.
    List<String> keygen =
        Processes.silenda("keygen", "--client", bundles.resolve("client.bundle"), "-o", keys);
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 12000; exec \"$@\"", "bash"));
    limited.addAll(keygen);
    Processes.Result result = Processes.run(limited);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.text().strip().lines()).hasSize(1);
    assertThat(result.text()).startsWith("silenda: ").contains("evaluation.keys", "too large");
    assertThat(names(keys)).isEmpty();
  }

  private static void waitForPartialFile(Process process, Path out) throws Exception {
    for (int i = 0; i < 10 * LIMIT_SECONDS && process.isAlive(); i++) {
      if (!names(out).isEmpty()) {
        return;
      }
      Thread.sleep(100);
    }
    assertThat(process.isAlive()).as("was still writing").isTrue();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static void done(Object... arguments) throws Exception {
    Processes.Result result = Processes.run(Processes.silenda(arguments));
    assertThat(result.code()).as(result.text()).isZero();
  }
}
