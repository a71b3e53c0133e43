package io.silenda.dp.checkpoint;

import io.silenda.dp.train.TrainingState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where a run stands, and how the ledger knows it.
 *
 * @param run the run's public random name, 32 hexadecimal digits
 * @param jobSha256 digest of the job file
 * @param dataSha256 digest of the rows; so checkpoints stay in the house
 * @param noiseMultiplier found when the run began
 * @param block steps that were charged together, this one's state among them
 * @param state weights, moments and step
 */
public record Checkpoint(
    String run,
    String jobSha256,
    String dataSha256,
    double noiseMultiplier,
    ChargedBlock block,
    TrainingState state) {
  /** Digest over all of a state, by which the ledger names the model that a block starts from. */
  public static String digest(TrainingState state) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(
          ByteBuffer.allocate(24)
              .putLong(state.step())
              .putDouble(state.clippingNorm())
              .putLong(state.mechanisms())
              .flip());
      update(sha256, state.weights());
      state.optimizer().forEach(moments -> update(sha256, moments));
      update(sha256, state.averaged());
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(4, Math.multiplyExact(4, numbers.length)));
    bytes.putInt(numbers.length);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    digest.update(bytes.flip());
  }
}
