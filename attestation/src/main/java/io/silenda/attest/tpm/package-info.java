/**
 * TPM 2.0 quotes.
 *
 * <p>Document cited: [TPM2] "Trusted Platform Module Library, Part 2: Structures", TCG, family 2.0,
 * revision 1.59. All integers are big endian.
 */
@NullMarked
package io.silenda.attest.tpm;

import org.jspecify.annotations.NullMarked;
