package io.silenda.infer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.ServerBundle;
import io.silenda.infer.bundle.BundleFormatException.Reason;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.schedule.FloodPlan;
import io.silenda.infer.schedule.Flooding;
import io.silenda.infer.schedule.ScheduledProgram;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of models whose answers are flooded: what they say of it must be possible. */
class FloodedBundlesTest {
  @TempDir private static Path folder;
  private static CompiledModel compiled;

  @BeforeAll
  static void compileOnce() throws Exception {
    compiled =
        PrivateModel.fromOnnx(SmallNetworks.logisticRegression(folder))
            .compile(CompileOptions.automatic().withFlooding(new Flooding(30)));
  }

  private static ScheduledProgram with(Optional<FloodPlan> flood) {
    ScheduledProgram program = compiled.serverBundle().program();
    return new ScheduledProgram(
        program.program(),
        program.parameters(),
        program.inputLog2Scale(),
        program.stepLog2Scales(),
        program.predictedMaxError(),
        flood);
  }

  private static BundleFormatException refusal(Optional<FloodPlan> flood) throws Exception {
    ScheduledProgram program = with(flood);
    Path file = folder.resolve("bad.bundle");
    Bundles.write(file, new ServerBundle(program, Bundles.modelDigest(program)));
    BundleFormatException refusal =
        catchThrowableOfType(BundleFormatException.class, () -> Bundles.readServer(file));
    assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
    return refusal;
  }

  private static FloodPlan plan() {
    return compiled.serverBundle().program().flood().orElseThrow();
  }

  @Test
  void bothBundlesKeepWhatWasAskedFor() throws Exception {
    Path client = folder.resolve("client.bundle");
    Path server = folder.resolve("server.bundle");
    Bundles.write(client, compiled.clientBundle());
    Bundles.write(server, compiled.serverBundle());
    assertThat(Bundles.readClient(client).flooding()).contains(new Flooding(30));
    assertThat(Bundles.readClient(client).guarantee()).isEqualTo(compiled.guarantee());
    assertThat(Bundles.readServer(server).program().flood()).contains(plan());
    assertThat(Bundles.readServer(server).modelDigest())
        .isEqualTo(Bundles.readClient(client).modelDigest());
  }

  @Test
  void noiseBelowThatOfRoundingIsRefused() throws Exception {
    assertThat(refusal(Optional.of(new FloodPlan(plan().flooding(), plan().ownDeviation() / 1e9))))
        .hasMessageContaining("less noise than any ciphertext has");
  }

  @Test
  void noiseAboveThePredictedErrorIsRefused() throws Exception {
    assertThat(refusal(Optional.of(new FloodPlan(new Flooding(40), plan().ownDeviation()))))
        .hasMessageContaining("exceeds the predicted error");
  }

  @Test
  void bitsThatNobodyCanAskForAreRefused() throws Exception {
    for (int bits : new int[] {-1, 1, 7, 65, Integer.MAX_VALUE}) {
      ContentWriter out = new ContentWriter();
      out.int32(bits).float64(1e-9);
      BundleFrame.Content content = new BundleFrame.Content(BundleFrame.VERSION, out.toByteArray());
      BundleFormatException refusal =
          catchThrowableOfType(
              BundleFormatException.class,
              () -> ContentReader.readAll("bad", content, FloodPart::readPlan));
      assertThat(refusal.reason()).as("%d bits", bits).isEqualTo(Reason.MALFORMED);
      assertThat(refusal).hasMessageContaining("bits of circuit privacy");
    }
  }
}
