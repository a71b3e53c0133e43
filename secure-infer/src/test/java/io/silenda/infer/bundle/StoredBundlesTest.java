package io.silenda.infer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.ClientBundle;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.ServerBundle;
import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.packing.PackedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Bundles that version 1 wrote: every later version must read them, and they must mean the same.
 */
class StoredBundlesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/bundles/v1");
  private static final double LOGIT = -17.038746267557144;

  @Test
  void laterVersionsReadVersionOne() throws Exception {
    ClientBundle client = Bundles.readClient(SAMPLES.resolve("client.bundle"));
    ServerBundle server = Bundles.readServer(SAMPLES.resolve("server.bundle"));
    assertThat(client.modelDigest()).isEqualTo(server.modelDigest());
    assertThat(client.inputShape()).containsExactly(SmallNetworks.INPUTS);
    assertThat(client.tail()).isEqualTo(new ClientTail.Sigmoid());
    assertThat(client.parameters()).isEqualTo(server.program().parameters());
    assertThat(client.keyPlan()).isEqualTo(server.program().keyPlan());
    assertThat(logit(server.program().program())).isCloseTo(LOGIT, within(1e-12));
  }

  private static double logit(PackedProgram program) {
    double[] row = IntStream.rangeClosed(1, SmallNetworks.INPUTS).mapToDouble(i -> i).toArray();
    double[] slots = program.run(program.input().pack(new double[][] {row}));
    return program.output().unpack(slots, 1)[0][0];
  }

  /** Writes the samples anew: only for a version that changes the format on purpose. */
  public static void main(String[] args) throws Exception {
    Path model = SmallNetworks.logisticRegression(Files.createTempDirectory("samples"));
    CompiledModel compiled =
        PrivateModel.fromOnnx(model).compile(CompileOptions.automatic().withBatch(1));
    Files.createDirectories(SAMPLES);
    Bundles.write(SAMPLES.resolve("client.bundle"), compiled.clientBundle());
    Bundles.write(SAMPLES.resolve("server.bundle"), compiled.serverBundle());
    System.out.println("LOGIT = " + logit(compiled.serverBundle().program().program()));
  }
}
