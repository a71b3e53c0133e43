package io.silenda.infer.bundle;

import io.silenda.he.wire.Digest;
import io.silenda.infer.ClientBundle;
import io.silenda.infer.ServerBundle;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import io.silenda.infer.schedule.ScheduledProgram;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads and writes bundles. What is read has been checked completely: a bundle that is returned can
 * be used. Files appear complete or not at all.
 */
public final class Bundles {
  private static final int MAX_NAME_BYTES = 4096;
  private static final int MAX_DIMENSIONS = 8;
  private static final int MAX_SLOTS = 1 << 15;

  private Bundles() {}

  /**
   * What names a model to both sides: SHA-256 over the content of its server bundle, in
   * hexadecimal. It is the same for the same network, compiled with the same options by the same
   * version.
   */
  public static Digest modelDigest(ScheduledProgram program) {
    return Digest.sha256(content(program));
  }

  /**
   * Writes a server bundle.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, ServerBundle bundle) throws IOException {
    write(file, BundleKind.SERVER, content(bundle.program()));
  }

  /**
   * Writes a client bundle.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, ClientBundle bundle) throws IOException {
    write(file, BundleKind.CLIENT, content(bundle));
  }

  private static void write(Path file, BundleKind kind, byte[] content) throws IOException {
    byte[] frame = BundleFrame.wrap(kind, content);
    AtomicFile.write(file, Access.SHARED, out -> out.write(frame));
  }

  /**
   * Reads a server bundle.
   *
   * @throws BundleFormatException if the file is not a sound server bundle
   */
  public static ServerBundle readServer(Path file) throws BundleFormatException {
    return readServer(
        BundleFrame.read(file, BundleKind.SERVER), String.valueOf(file.getFileName()));
  }

  static ServerBundle readServer(BundleFrame.Content content, String name)
      throws BundleFormatException {
    ScheduledProgram program = ContentReader.readAll(name, content, Bundles::readProgram);
    return new ServerBundle(program, Digest.sha256(content.bytes()));
  }

  /**
   * Reads a client bundle.
   *
   * @throws BundleFormatException if the file is not a sound client bundle
   */
  public static ClientBundle readClient(Path file) throws BundleFormatException {
    return readClient(
        BundleFrame.read(file, BundleKind.CLIENT), String.valueOf(file.getFileName()));
  }

  static ClientBundle readClient(BundleFrame.Content content, String name)
      throws BundleFormatException {
    return ContentReader.readAll(name, content, Bundles::readClientContent);
  }

  private static byte[] content(ScheduledProgram program) {
    ContentWriter out = new ContentWriter();
    ProgramPart.write(out, program);
    return out.toByteArray();
  }

  private static ScheduledProgram readProgram(ContentReader in) throws BundleFormatException {
    ScheduledProgram program = ProgramPart.read(in);
    ProgramChecks.requireProgram(program);
    return program;
  }

  private static byte[] content(ClientBundle bundle) {
    ContentWriter out = new ContentWriter();
    out.text(bundle.modelName());
    out.bytes(bundle.modelDigest().toBytes());
    out.ints(bundle.inputShape());
    ParametersPart.write(out, bundle.parameters());
    KeyPlanPart.write(out, bundle.keyPlan());
    LayoutPart.writeInput(out, bundle.input());
    LayoutPart.writeOutput(out, bundle.output());
    out.int32(bundle.rowsPerRequest());
    out.float64(bundle.inputLog2Scale());
    out.float64(bundle.answerLog2Scale()).float64(bundle.predictedMaxError());
    TailPart.write(out, bundle.tail());
    FloodPart.write(out, bundle.flooding());
    SharingPart.write(out, bundle.sharing());
    return out.toByteArray();
  }

  private static ClientBundle readClientContent(ContentReader in) throws BundleFormatException {
    ClientBundle bundle =
        new ClientBundle(
            in.text("model name", MAX_NAME_BYTES),
            Digest.ofBytes(in.bytes(Digest.BYTES)),
            in.shape("input shape", MAX_DIMENSIONS, MAX_SLOTS),
            ParametersPart.read(in),
            KeyPlanPart.read(in),
            LayoutPart.readInput(in),
            LayoutPart.readOutput(in),
            in.int32("rows per request", 1, MAX_SLOTS),
            in.float64("input scale", 0, ProgramPart.MAX_LOG2_SCALE),
            in.float64("answer scale", 0, ProgramPart.MAX_LOG2_SCALE),
            in.float64("predicted error", 0, Double.MAX_VALUE),
            TailPart.read(in),
            FloodPart.read(in),
            SharingPart.read(in));
    ProgramChecks.requireLayouts(bundle.parameters(), bundle.input(), bundle.output());
    ProgramChecks.requireLevels(bundle.parameters(), bundle.keyPlan());
    ProgramChecks.requireScale(
        bundle.inputLog2Scale(), bundle.parameters().maxLevel(), bundle.parameters());
    ProgramChecks.requireScale(bundle.answerLog2Scale(), 0, bundle.parameters());
    return bundle;
  }
}
