/**
 * COSE_Sign1 messages and EC2 keys (RFC 9052, RFC 9053), as far as attestation evidence uses them.
 */
@NullMarked
package io.silenda.attest.cose;

import org.jspecify.annotations.NullMarked;
