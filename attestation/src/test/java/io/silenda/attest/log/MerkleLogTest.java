package io.silenda.attest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

class MerkleLogTest {
  private static final String ORIGIN = "silenda.io/releases";
  private static final Ed25519PrivateKeyParameters SECRET =
      new Ed25519PrivateKeyParameters(new byte[32]);
  private static final LogKey KEY = new LogKey(ORIGIN, SECRET.generatePublicKey().getEncoded());

  private static LogEntry entry(int i) {
    return new LogEntry("release " + i, new TreeMap<>(Map.of("mrtd", "aa" + (10 + i))));
  }

  private static MerkleLog log(int size) {
    MerkleLog log = new MerkleLog(ORIGIN);
    for (int i = 0; i < size; i++) {
      log.append(entry(i));
    }
    return log;
  }

  @Test
  void rootOfNothingIsTheHashOfNothing() {
    // RFC 9162, section 2.1.1: HASH().
    assertThat(HexFormat.of().formatHex(log(0).root(0)))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void everyEntryOfEverySmallLogIsProven() throws AttestationException {
    MerkleLog log = log(33);
    for (int size = 1; size <= 33; size++) {
      for (int i = 0; i < size; i++) {
        MerkleProofs.verifyInclusion(
            entry(i).toBytes(), i, size, log.inclusionProof(i, size), log.root(size));
      }
    }
  }

  @Test
  void everyGrowthIsProven() throws AttestationException {
    MerkleLog log = log(33);
    for (int size = 1; size <= 33; size++) {
      for (int old = 1; old <= size; old++) {
        MerkleProofs.verifyConsistency(
            old, log.root(old), size, log.root(size), log.consistencyProof(old, size));
      }
    }
  }

  @Test
  void aFlippedBitAnywhereIsRefused() {
    MerkleLog log = log(13);
    byte[] root = log.root(13);
    List<byte[]> proof = log.inclusionProof(5, 13);
    for (int i = 0; i < proof.size(); i++) {
      List<byte[]> flipped = flip(proof, i);
      refuses(() -> MerkleProofs.verifyInclusion(entry(5).toBytes(), 5, 13, flipped, root));
    }
    refuses(() -> MerkleProofs.verifyInclusion(entry(4).toBytes(), 5, 13, proof, root));
    refuses(() -> MerkleProofs.verifyInclusion(entry(5).toBytes(), 4, 13, proof, root));
    refuses(() -> MerkleProofs.verifyInclusion(entry(5).toBytes(), 13, 13, proof, root));
    refuses(
        () ->
            MerkleProofs.verifyInclusion(
                entry(5).toBytes(), 5, 13, proof.subList(0, proof.size() - 1), root));
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(new byte[32]);
    refuses(() -> MerkleProofs.verifyInclusion(entry(5).toBytes(), 5, 13, longer, root));

    List<byte[]> growth = log.consistencyProof(6, 13);
    for (int i = 0; i < growth.size(); i++) {
      List<byte[]> flipped = flip(growth, i);
      refuses(() -> MerkleProofs.verifyConsistency(6, log.root(6), 13, root, flipped));
    }
    refuses(() -> MerkleProofs.verifyConsistency(6, log.root(7), 13, root, growth));
    refuses(() -> MerkleProofs.verifyConsistency(14, root, 13, root, List.of()));
    refuses(() -> MerkleProofs.verifyConsistency(13, log.root(12), 13, root, List.of()));
  }

  @Test
  void aRewrittenLogIsNotConsistent() {
    MerkleLog rewritten = new MerkleLog(ORIGIN);
    rewritten.append(entry(99));
    for (int i = 1; i < 8; i++) {
      rewritten.append(entry(i));
    }
    refuses(
        () ->
            MerkleProofs.verifyConsistency(
                4, log(8).root(4), 8, rewritten.root(8), rewritten.consistencyProof(4, 8)));
  }

  @Test
  void aBundleProvesItsEntryOffline() throws AttestationException {
    LogBundle bundle = log(9).bundle(3, SECRET);
    LogBundle read = LogBundle.parse(bundle.toJson().getBytes(StandardCharsets.UTF_8));
    assertThat(read.verify(KEY)).isEqualTo(entry(3));
  }

  @Test
  void aCheckpointNeedsItsLogsSignature() {
    String note = log(9).checkpoint(SECRET);
    assertThatCode(() -> Checkpoint.verify(note, KEY)).doesNotThrowAnyException();
    Ed25519PrivateKeyParameters other = new Ed25519PrivateKeyParameters(filled(1));
    refuses(() -> Checkpoint.verify(log(9).checkpoint(other), KEY));
    refuses(() -> Checkpoint.verify(note.replace("\n9\n", "\n8\n"), KEY));
    refuses(() -> Checkpoint.verify(note, new LogKey("other", KEY.publicKey())));
    refuses(() -> Checkpoint.verify(note.substring(0, note.indexOf('\u2014')), KEY));
    refuses(() -> Checkpoint.verify("", KEY));
  }

  @Test
  void anEntryHasOneEncoding() throws AttestationException {
    byte[] bytes = entry(1).toBytes();
    assertThat(LogEntry.parse(bytes)).isEqualTo(entry(1));
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (String other :
        List.of(
            text + "\n",
            text.replace("aa", "AA"),
            text.stripTrailing(),
            text.replace("v1", "v2"))) {
      refuses(() -> LogEntry.parse(other.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private interface Attempt {
    void run() throws AttestationException;
  }

  private static void refuses(Attempt attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            AttestationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOG_PROOF));
  }

  private static List<byte[]> flip(List<byte[]> hashes, int index) {
    List<byte[]> flipped = new ArrayList<>(hashes);
    byte[] hash = hashes.get(index).clone();
    hash[7] ^= 1;
    flipped.set(index, hash);
    return flipped;
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
