package io.silenda.dp.checkpoint;

import io.silenda.dp.checkpoint.CheckpointException.Reason;
import io.silenda.dp.train.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Checkpoints as bytes: magic and version, names and digests, the block, the state, and a SHA-256
 * over all of that. The digest finds damage, not malice; whoever can write the file can write the
 * ledger as well.
 */
public final class CheckpointFile {
  private static final byte[] MAGIC = "SILENDA-CHECKPT2".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;
  private static final int MOST_MOMENTS = 4;

  private CheckpointFile() {}

  /** The file's content. */
  public static byte[] write(Checkpoint checkpoint) {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.write(HexFormat.of().parseHex(checkpoint.run()));
      out.write(HexFormat.of().parseHex(checkpoint.jobSha256()));
      out.write(HexFormat.of().parseHex(checkpoint.dataSha256()));
      out.writeDouble(checkpoint.noiseMultiplier());
      out.writeLong(checkpoint.block().start());
      out.writeLong(checkpoint.block().end());
      out.write(HexFormat.of().parseHex(checkpoint.block().model()));
      TrainingState state = checkpoint.state();
      out.writeLong(state.step());
      out.writeDouble(state.clippingNorm());
      out.writeLong(state.mechanisms());
      write(out, state.weights());
      write(out, state.averaged());
      out.writeInt(state.optimizer().size());
      for (float[] moments : state.optimizer()) {
        write(out, moments);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    bytes.writeBytes(sha256(bytes.toByteArray()));
    return bytes.toByteArray();
  }

  /**
   * Reads a file's content.
   *
   * @throws CheckpointException unless it is a whole checkpoint, byte for byte
   */
  public static Checkpoint read(byte[] content) throws CheckpointException {
    int length = content.length - DIGEST_BYTES;
    if (length < MAGIC.length
        || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || !MessageDigest.isEqual(
            sha256(Arrays.copyOf(content, length)),
            Arrays.copyOfRange(content, length, content.length))) {
      throw new CheckpointException(Reason.DAMAGED, "no whole checkpoint of this version");
    }
    ByteBuffer in = ByteBuffer.wrap(content, MAGIC.length, length - MAGIC.length);
    try {
      Checkpoint checkpoint = parsed(in);
      if (!in.hasRemaining()) {
        return checkpoint;
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // Refused below.
    }
    throw new CheckpointException(Reason.DAMAGED, "the checkpoint is inconsistent");
  }

  private static Checkpoint parsed(ByteBuffer in) {
    String run = hex(in, 16);
    String job = hex(in, 32);
    String data = hex(in, 32);
    double noise = in.getDouble();
    ChargedBlock block = new ChargedBlock(in.getLong(), in.getLong(), hex(in, 32));
    long step = in.getLong();
    double norm = in.getDouble();
    long mechanisms = in.getLong();
    float[] weights = floats(in);
    float[] averaged = floats(in);
    int moments = in.getInt();
    if (moments < 0 || moments > MOST_MOMENTS || step < block.start() || step > block.end()) {
      throw new IllegalArgumentException("moments or step are out of range");
    }
    List<float[]> optimizer = new ArrayList<>();
    for (int i = 0; i < moments; i++) {
      optimizer.add(floats(in));
    }
    return new Checkpoint(
        run,
        job,
        data,
        noise,
        block,
        new TrainingState(step, weights, optimizer, averaged, norm, mechanisms));
  }

  private static void write(DataOutputStream out, float[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (float number : numbers) {
      out.writeFloat(number);
    }
  }

  private static float[] floats(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / Float.BYTES) {
      throw new IllegalArgumentException("an array is longer than the file");
    }
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = in.getFloat();
    }
    return numbers;
  }

  private static String hex(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
