/** A strict decoder for the subset of CBOR (RFC 8949) that attestation evidence uses. */
@NullMarked
package io.silenda.attest.cbor;

import org.jspecify.annotations.NullMarked;
