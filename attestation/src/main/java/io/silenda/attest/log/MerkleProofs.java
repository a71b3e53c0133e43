package io.silenda.attest.log;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Verifies proofs of inclusion and of consistency (RFC 9162, sections 2.1.3.2 and 2.1.4.2). */
public final class MerkleProofs {
  private static final int MAX_HASHES = 64;

  private MerkleProofs() {}

  /**
   * Proves that {@code entry} is the {@code index}-th of the tree with this root.
   *
   * @param size entries of the tree
   */
  public static void verifyInclusion(
      byte[] entry, long index, long size, List<byte[]> proof, byte[] root)
      throws AttestationException {
    if (index < 0 || index >= size) {
      throw bad("inclusion", "index " + index + " of " + size);
    }
    requireHashes(proof);
    Iterator<byte[]> path = proof.iterator();
    byte[] hash = MerkleHashes.leaf(entry);
    long node = index;
    long last = size - 1;
    while (last > 0) {
      if ((node & 1) == 1 || node == last) {
        // On the right edge a node without a sibling is carried up as it is.
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
        if (node == 0 && last == 0) {
          break;
        }
        hash = MerkleHashes.node(next(path), hash);
      } else {
        hash = MerkleHashes.node(hash, next(path));
      }
      node >>= 1;
      last >>= 1;
    }
    if (path.hasNext() || !Arrays.equals(hash, root)) {
      throw bad("inclusion", "a path that ends at another root");
    }
  }

  /** Proves that the tree of {@code newSize} entries begins with that of {@code oldSize}. */
  public static void verifyConsistency(
      long oldSize, byte[] oldRoot, long newSize, byte[] newRoot, List<byte[]> proof)
      throws AttestationException {
    requireHashes(proof);
    if (oldSize <= 0 || oldSize > newSize) {
      throw bad("consistency", oldSize + " entries before " + newSize);
    }
    if (oldSize == newSize) {
      if (!proof.isEmpty() || !Arrays.equals(oldRoot, newRoot)) {
        throw bad("consistency", "two roots for " + oldSize + " entries");
      }
      return;
    }
    Iterator<byte[]> path = proof.iterator();
    long node = oldSize - 1;
    long last = newSize - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    byte[] oldHash = node == 0 ? oldRoot : next(path);
    byte[] newHash = oldHash;
    while (path.hasNext()) {
      byte[] sibling = path.next();
      if (last == 0) {
        throw bad("consistency", "a path that is too long");
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = MerkleHashes.node(sibling, oldHash);
        newHash = MerkleHashes.node(sibling, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newHash = MerkleHashes.node(newHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    if (last != 0 || !Arrays.equals(oldHash, oldRoot) || !Arrays.equals(newHash, newRoot)) {
      throw bad("consistency", "a path that ends at other roots");
    }
  }

  private static byte[] next(Iterator<byte[]> path) throws AttestationException {
    if (!path.hasNext()) {
      throw bad("proof", "a path that is too short");
    }
    return path.next();
  }

  private static void requireHashes(List<byte[]> proof) throws AttestationException {
    if (proof.size() > MAX_HASHES) {
      throw bad("proof", proof.size() + " hashes");
    }
    for (byte[] hash : proof) {
      if (hash.length != MerkleHashes.BYTES) {
        throw bad("proof", "a hash of " + hash.length + " bytes");
      }
    }
  }

  private static AttestationException bad(String what, String seen) {
    return new AttestationException(Reason.LOG_PROOF, "log-" + what, seen, "a proof that holds");
  }
}
