/**
 * The wire format: how parameters, keys, requests and responses become bytes, and how bytes from
 * strangers are read.
 *
 * <p>A frame is a header of {@value io.silenda.he.wire.WireHeader#BYTES} bytes, a payload whose
 * length follows from the header and from what the reader expects, and the SHA-256 of both. The
 * digest finds damage; it is <em>not</em> authentication, since whoever changes a frame can compute
 * it anew. Integrity against an attacker needs a channel or a signature around the frame.
 *
 * <p>Every reader compares the header with what it expects before it reads further, allocates no
 * more than its own parameters and plan ask for, checks each residue against its prime, and hands
 * nothing out before the digest was right. Refusals are {@link
 * io.silenda.he.wire.WireFormatException}s with a reason. Numbers in the header are big-endian;
 * packed residues and seeds are little-endian, lowest bit first.
 *
 * <p>All codecs are stateless and thread-safe.
 */
@NullMarked
package io.silenda.he.wire;

import org.jspecify.annotations.NullMarked;
