package io.silenda.infer.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.infer.ClientBundle;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.ServerBundle;
import io.silenda.infer.TestModels;
import io.silenda.infer.bundle.BundleFormatException.Reason;
import io.silenda.infer.packing.PackedLinear;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {
  private static final int HEADER_BITS = 8 * BundleFrame.HEADER_BYTES;

  @TempDir private static Path folder;
  private static CompiledModel compiled;
  private static Path clientFile;
  private static Path serverFile;

  @BeforeAll
  static void compileOnce() throws Exception {
    compiled =
        PrivateModel.fromOnnx(TestModels.file("logreg_breast_cancer.onnx"))
            .compile(CompileOptions.automatic());
    clientFile = folder.resolve("client.bundle");
    serverFile = folder.resolve("server.bundle");
    Bundles.write(clientFile, compiled.clientBundle());
    Bundles.write(serverFile, compiled.serverBundle());
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    ClientBundle client = Bundles.readClient(clientFile);
    assertThat(client.modelName()).isEqualTo("logreg_breast_cancer.onnx");
    assertThat(client.inputShape()).containsExactly(30);
    assertThat(client.parameters()).isEqualTo(compiled.parameters());
    assertThat(client.keyPlan()).isEqualTo(compiled.clientBundle().keyPlan());
    assertThat(client.rowsPerRequest()).isEqualTo(compiled.batch());
    assertThat(client.tail()).isEqualTo(compiled.clientBundle().tail());
    assertThat(client.input().elements()).isEqualTo(compiled.clientBundle().input().elements());
    assertThat(client.output().positions()).isEqualTo(compiled.clientBundle().output().positions());
    ServerBundle server = Bundles.readServer(serverFile);
    assertThat(server.modelDigest()).isEqualTo(client.modelDigest());
    Path again = folder.resolve("again.bundle");
    Bundles.write(again, server);
    assertThat(again).hasSameBinaryContentAs(serverFile);
    Bundles.write(again, client);
    assertThat(again).hasSameBinaryContentAs(clientFile);
  }

  @Test
  void theSameModelHasTheSameDigest() throws Exception {
    CompiledModel twin =
        PrivateModel.fromOnnx(TestModels.file("logreg_breast_cancer.onnx"))
            .compile(CompileOptions.automatic());
    CompiledModel other =
        PrivateModel.fromOnnx(TestModels.file("logreg_breast_cancer_sklearn.onnx"))
            .compile(CompileOptions.automatic());
    assertThat(twin.serverBundle().modelDigest()).isEqualTo(compiled.serverBundle().modelDigest());
    assertThat(other.serverBundle().modelDigest())
        .isNotEqualTo(compiled.serverBundle().modelDigest());
  }

  @Test
  void theClientsFileHoldsNoWeight() throws Exception {
    byte[] client = Files.readAllBytes(clientFile);
    byte[] server = Files.readAllBytes(serverFile);
    int searched = 0;
    for (double weight : weights()) {
      byte[] wide = ByteBuffer.allocate(8).putDouble(weight).array();
      byte[] narrow = ByteBuffer.allocate(4).putFloat((float) weight).array();
      assertThat(indexOf(server, wide)).as("weight %s", weight).isNotEqualTo(-1);
      assertThat(indexOf(client, wide)).as("weight %s", weight).isEqualTo(-1);
      assertThat(indexOf(client, narrow)).as("weight %s", weight).isEqualTo(-1);
      searched++;
    }
    assertThat(searched).isEqualTo(30);
  }

  private static double[] weights() {
    PackedLinear linear = (PackedLinear) compiled.serverBundle().program().program().steps().get(0);
    return linear.blocks().get(0).diagonals().stream()
        .flatMapToDouble(diagonal -> Arrays.stream(diagonal.values()))
        .filter(weight -> weight != 0)
        .distinct()
        .toArray();
  }

  @Test
  void everyHeaderBitMatters() throws Exception {
    byte[] bytes = Files.readAllBytes(clientFile);
    for (int bit = 0; bit < HEADER_BITS; bit++) {
      assertThat(refusal(flipped(bytes, bit))).as("bit %d", bit).isNotNull();
    }
    assertThat(reason(flipped(bytes, 0))).isEqualTo(Reason.NOT_A_BUNDLE);
    assertThat(reason(flipped(bytes, 8 * 8))).isEqualTo(Reason.NEWER_VERSION);
    assertThat(reason(flipped(bytes, 8 * 9 + 5))).isEqualTo(Reason.OLDER_VERSION);
    assertThat(reason(Files.readAllBytes(serverFile))).isEqualTo(Reason.WRONG_KIND);
    assertThat(reason(flipped(bytes, 8 * 12 + 1))).isEqualTo(Reason.WRONG_LENGTH);
  }

  @Test
  void everyContentBitMatters() throws Exception {
    byte[] bytes = Files.readAllBytes(clientFile);
    for (int bit = HEADER_BITS; bit < 8 * bytes.length; bit += 37) {
      assertThat(reason(flipped(bytes, bit))).as("bit %d", bit).isEqualTo(Reason.CORRUPT);
    }
  }

  @Test
  void everyTruncationIsSeen() throws Exception {
    byte[] bytes = Files.readAllBytes(clientFile);
    for (int length = 0; length < bytes.length; length += length < 64 ? 1 : 101) {
      assertThat(reason(Arrays.copyOf(bytes, length)))
          .as("length %d", length)
          .isIn(Reason.NOT_A_BUNDLE, Reason.WRONG_LENGTH);
    }
    assertThat(reason(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Reason.WRONG_LENGTH);
  }

  @Test
  void missingFilesAreNamed() {
    BundleFormatException missing =
        catchThrowableOfType(
            BundleFormatException.class, () -> Bundles.readClient(folder.resolve("none.bundle")));
    assertThat(missing.reason()).isEqualTo(Reason.UNREADABLE);
    assertThat(missing).hasMessageContaining("none.bundle");
  }

  /** Mutations under a right digest: structure alone must hold them. */
  @Test
  void aRightDigestDoesNotMakeContentRight() throws Exception {
    for (boolean server : new boolean[] {false, true}) {
      byte[] bytes = Files.readAllBytes(server ? serverFile : clientFile);
      byte[] content =
          Arrays.copyOfRange(
              bytes, BundleFrame.HEADER_BYTES, bytes.length - BundleFrame.DIGEST_BYTES);
      int malformed = 0;
      for (int seed = 0; seed < 2000; seed++) {
        byte[] mutant = mutate(content, new Random(seed));
        try {
          if (server) {
            Bundles.readServer(content(mutant), "mutant");
          } else {
            Bundles.readClient(content(mutant), "mutant");
          }
        } catch (BundleFormatException e) {
          assertThat(e.reason()).as("seed %d", seed).isEqualTo(Reason.MALFORMED);
          assertThat(e.getMessage()).startsWith("mutant: ").doesNotContain("\n");
          malformed++;
        }
      }
      assertThat(malformed).as("refused of 2000").isGreaterThan(250);
    }
  }

  @Test
  void countsAreComparedWithTheBytesThatAreLeft() {
    byte[] content = ByteBuffer.allocate(8).putInt(1 << 30).putInt(0).array();
    ContentReader reader = new ContentReader("huge", content(content));
    assertThat(
            catchThrowableOfType(
                BundleFormatException.class, () -> reader.doubles("values", Integer.MAX_VALUE)))
        .hasMessageContaining("more bytes");
  }

  private static BundleFrame.Content content(byte[] bytes) {
    return new BundleFrame.Content(BundleFrame.VERSION, bytes);
  }

  private static byte[] mutate(byte[] content, Random random) {
    byte[] mutant = content.clone();
    // Most fields that decide about structure stand at the start of each part.
    int where = random.nextBoolean() ? random.nextInt(content.length) : random.nextInt(200);
    switch (random.nextInt(4)) {
      case 0 -> mutant[where] ^= (byte) (1 << random.nextInt(8));
      case 1 -> mutant[where] = (byte) 0xff;
      case 2 -> mutant = Arrays.copyOf(mutant, where);
      default -> Arrays.fill(mutant, where, Math.min(mutant.length, where + 4), (byte) 0x7f);
    }
    return mutant;
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (0x80 >> (bit % 8) % 8);
    return copy;
  }

  private static Reason reason(byte[] bytes) throws IOException {
    return refusal(bytes).reason();
  }

  private static BundleFormatException refusal(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bad.bundle"), bytes);
    BundleFormatException refusal =
        catchThrowableOfType(BundleFormatException.class, () -> Bundles.readClient(file));
    assertThat(refusal).hasMessageStartingWith("bad.bundle: ").hasMessageNotContaining("\n");
    return refusal;
  }

  private static int indexOf(byte[] haystack, byte[] needle) {
    for (int i = 0; i + needle.length <= haystack.length; i++) {
      if (Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
        return i;
      }
    }
    return -1;
  }
}
