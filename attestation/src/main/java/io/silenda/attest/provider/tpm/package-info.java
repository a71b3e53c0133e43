/**
 * Quotes of a TPM 2.0, asked for over a character device or the socket of a software TPM.
 *
 * <p>Documents cited: [TPM2] "Trusted Platform Module Library", Part 2: Structures and Part 3:
 * Commands, TCG, family 2.0, revision 1.59. All integers are big endian.
 */
@NullMarked
package io.silenda.attest.provider.tpm;

import org.jspecify.annotations.NullMarked;
