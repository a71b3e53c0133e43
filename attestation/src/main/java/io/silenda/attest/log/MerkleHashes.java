package io.silenda.attest.log;

import org.bouncycastle.crypto.digests.SHA256Digest;

/** Hashes of the tree (RFC 9162, section 2.1.1): a leaf can never be taken for an inner node. */
final class MerkleHashes {
  /** Length of a hash. */
  static final int BYTES = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleHashes() {}

  static byte[] leaf(byte[] entry) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(LEAF);
    digest.update(entry, 0, entry.length);
    return finish(digest);
  }

  static byte[] node(byte[] left, byte[] right) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(NODE);
    digest.update(left, 0, left.length);
    digest.update(right, 0, right.length);
    return finish(digest);
  }

  /** The root of no entries. */
  static byte[] empty() {
    return finish(new SHA256Digest());
  }

  private static byte[] finish(SHA256Digest digest) {
    byte[] hash = new byte[BYTES];
    digest.doFinal(hash, 0);
    return hash;
  }
}
