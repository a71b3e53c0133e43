/** Hybrid public key encryption, RFC 9180, in the one suite that is spoken here. */
@NullMarked
package io.silenda.attest.hpke;

import org.jspecify.annotations.NullMarked;
