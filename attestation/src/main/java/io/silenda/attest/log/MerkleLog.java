package io.silenda.attest.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The side of the log's owner: appends entries, signs heads, makes proofs (RFC 9162, sections
 * 2.1.3.1 and 2.1.4.1). Holds all entries in memory: a log of releases is short. Not thread-safe.
 */
public final class MerkleLog {
  private final String origin;
  private final List<byte[]> leaves = new ArrayList<>();
  private final List<LogEntry> entries = new ArrayList<>();

  /** An empty log of that name. */
  public MerkleLog(String origin) {
    this.origin = origin;
  }

  /** Appends an entry; its index. */
  public long append(LogEntry entry) {
    entries.add(entry);
    leaves.add(MerkleHashes.leaf(entry.toBytes()));
    return entries.size() - 1L;
  }

  /** Number of entries. */
  public int size() {
    return entries.size();
  }

  /** The hash of the first {@code size} entries. */
  public byte[] root(int size) {
    return hash(leaves.subList(0, requireSize(size)));
  }

  /** A signed head of all entries so far. */
  public String checkpoint(Ed25519PrivateKeyParameters key) {
    String body = Checkpoint.body(origin, size(), root(size()));
    byte[] message = body.getBytes(StandardCharsets.UTF_8);
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    LogKey logKey = new LogKey(origin, key.generatePublicKey().getEncoded());
    return body + "\n" + Checkpoint.signatureLine(logKey, signer.generateSignature());
  }

  /** Everything that proves entry {@code index} under a new head. */
  public LogBundle bundle(int index, Ed25519PrivateKeyParameters key) {
    return new LogBundle(
        entries.get(index).toBytes(), index, inclusionProof(index, size()), checkpoint(key));
  }

  /** The path of entry {@code index} in the tree of the first {@code size} entries. */
  public List<byte[]> inclusionProof(int index, int size) {
    if (index < 0 || index >= requireSize(size)) {
      throw new IllegalArgumentException("index: " + index + ", must be 0 to " + (size - 1));
    }
    return path(index, leaves.subList(0, size));
  }

  /** A proof that the tree of {@code newSize} entries begins with that of {@code oldSize}. */
  public List<byte[]> consistencyProof(int oldSize, int newSize) {
    if (oldSize < 1 || oldSize > requireSize(newSize)) {
      throw new IllegalArgumentException("oldSize: " + oldSize + ", must be 1 to " + newSize);
    }
    return subproof(oldSize, leaves.subList(0, newSize), true);
  }

  private int requireSize(int size) {
    if (size < 0 || size > size()) {
      throw new IllegalArgumentException("size: " + size + ", must be 0 to " + size());
    }
    return size;
  }

  private static byte[] hash(List<byte[]> part) {
    if (part.isEmpty()) {
      return MerkleHashes.empty();
    }
    if (part.size() == 1) {
      return part.get(0);
    }
    int split = split(part.size());
    return MerkleHashes.node(hash(part.subList(0, split)), hash(part.subList(split, part.size())));
  }

  private static List<byte[]> path(int index, List<byte[]> part) {
    if (part.size() == 1) {
      return new ArrayList<>();
    }
    int split = split(part.size());
    List<byte[]> left = part.subList(0, split);
    List<byte[]> right = part.subList(split, part.size());
    List<byte[]> path = index < split ? path(index, left) : path(index - split, right);
    path.add(hash(index < split ? right : left));
    return path;
  }

  private static List<byte[]> subproof(int oldSize, List<byte[]> part, boolean whole) {
    if (oldSize == part.size()) {
      List<byte[]> proof = new ArrayList<>();
      if (!whole) {
        proof.add(hash(part));
      }
      return proof;
    }
    int split = split(part.size());
    List<byte[]> left = part.subList(0, split);
    List<byte[]> right = part.subList(split, part.size());
    boolean inLeft = oldSize <= split;
    List<byte[]> proof =
        inLeft ? subproof(oldSize, left, whole) : subproof(oldSize - split, right, false);
    proof.add(hash(inLeft ? right : left));
    return proof;
  }

  /** The largest power of two below {@code size}. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }
}
