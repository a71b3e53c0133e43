package io.silenda.infer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.ClientBundle;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.ServerBundle;
import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.packing.PackedProgram;
import io.silenda.infer.schedule.FloodPlan;
import io.silenda.infer.schedule.Flooding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bundles that versions 2 to 4 wrote: every later version must read them, and they must mean the
 * same. Version 2 knew answers that stand once only, version 3 no flooding. Version 1 knew only
 * chains of layers on single ciphertexts; it is refused by its number.
 */
class StoredBundlesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/bundles");
  private static final double LOGIT = -17.038746267557144;

  @ParameterizedTest
  @CsvSource({"v2, 1, 0", "v3, 1024, 0", "v4, 1024, 16"})
  void laterVersionsReadWhatEarlierOnesWrote(String version, int copies, int floodBits)
      throws Exception {
    ClientBundle client = Bundles.readClient(SAMPLES.resolve(version).resolve("client.bundle"));
    ServerBundle server = Bundles.readServer(SAMPLES.resolve(version).resolve("server.bundle"));
    assertThat(client.output().copies()).isEqualTo(copies);
    assertThat(client.modelDigest()).isEqualTo(server.modelDigest());
    assertThat(client.flooding().map(Flooding::bits).orElse(0)).isEqualTo(floodBits);
    assertThat(server.program().flood().map(FloodPlan::flooding)).isEqualTo(client.flooding());
    assertThat(client.inputShape()).containsExactly(SmallNetworks.INPUTS);
    assertThat(client.tail()).isEqualTo(new ClientTail.Sigmoid());
    assertThat(client.parameters()).isEqualTo(server.program().parameters());
    assertThat(client.keyPlan()).isEqualTo(server.program().keyPlan());
    assertThat(logit(server.program().program())).isCloseTo(LOGIT, within(1e-12));
  }

  @Test
  void versionOneIsRefusedByItsNumber() {
    Path old = SAMPLES.resolve("v1");
    for (Executable read :
        List.<Executable>of(
            () -> Bundles.readClient(old.resolve("client.bundle")),
            () -> Bundles.readServer(old.resolve("server.bundle")))) {
      BundleFormatException refusal =
          catchThrowableOfType(BundleFormatException.class, read::execute);
      assertThat(refusal.reason()).isEqualTo(BundleFormatException.Reason.OLDER_VERSION);
      assertThat(refusal)
          .hasMessageEndingWith("bundle version 1: compile the model again with this Silenda");
    }
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
        PrivateModel.fromOnnx(model)
            .compile(CompileOptions.automatic().withBatch(1).withFlooding(new Flooding(16)));
    Path newest = Files.createDirectories(SAMPLES.resolve("v" + BundleFrame.VERSION));
    Bundles.write(newest.resolve("client.bundle"), compiled.clientBundle());
    Bundles.write(newest.resolve("server.bundle"), compiled.serverBundle());
    System.out.println("LOGIT = " + logit(compiled.serverBundle().program().program()));
  }
}
