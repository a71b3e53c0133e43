/**
 * An append-only log of released measurements and model digests: a Merkle tree (RFC 6962, RFC 9162)
 * whose heads are signed checkpoints. Proofs are verified offline.
 */
@NullMarked
package io.silenda.attest.log;

import org.jspecify.annotations.NullMarked;
