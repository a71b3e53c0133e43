package io.silenda.bench.jmh;

import io.silenda.attest.AttestationException;
import io.silenda.attest.log.LogEntry;
import io.silenda.attest.log.MerkleLog;
import io.silenda.attest.log.MerkleProofs;
import java.util.List;
import java.util.TreeMap;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A log of releases, and its proofs. */
public class LogBenchmark extends Microseconds {
  private static final LogEntry ENTRY = new LogEntry("release", new TreeMap<>());

  /** Entries. */
  @Param("1000")
  public int entries = 1000;

  private final Ed25519PrivateKeyParameters key =
      new Ed25519PrivateKeyParameters(new byte[Ed25519PrivateKeyParameters.KEY_SIZE]);
  private MerkleLog log = new MerkleLog("example.org/log");
  private List<byte[]> inclusion = List.of();
  private List<byte[]> consistency = List.of();
  private byte[] oldRoot = {};
  private byte[] root = {};

  /** Fills it. */
  @Setup(Level.Trial)
  public void open() throws AttestationException {
    log = new MerkleLog("example.org/log");
    for (int i = 0; i < entries; i++) {
      log.append(ENTRY);
    }
    root = root();
    oldRoot = log.root(entries / 2);
    inclusion = inclusionProof();
    consistency = consistencyProof();
    verifyInclusion();
    verifyConsistency();
  }

  /** The hash of all entries. */
  @Benchmark
  public byte[] root() {
    return log.root(entries);
  }

  /** A signed head. */
  @Benchmark
  public String checkpoint() {
    return log.checkpoint(key);
  }

  /** The path of an entry. */
  @Benchmark
  public List<byte[]> inclusionProof() {
    return log.inclusionProof(entries / 3, entries);
  }

  /** A proof that nothing was taken away. */
  @Benchmark
  public List<byte[]> consistencyProof() {
    return log.consistencyProof(entries / 2, entries);
  }

  /** Verifies a path. */
  @Benchmark
  public void verifyInclusion() throws AttestationException {
    MerkleProofs.verifyInclusion(ENTRY.toBytes(), entries / 3, entries, inclusion, root);
  }

  /** Verifies that nothing was taken away. */
  @Benchmark
  public void verifyConsistency() throws AttestationException {
    MerkleProofs.verifyConsistency(entries / 2, oldRoot, entries, root, consistency);
  }
}
