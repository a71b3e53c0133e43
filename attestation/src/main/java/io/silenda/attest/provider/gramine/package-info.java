/**
 * Evidence of SGX enclaves that run under Gramine, through its pseudo-files (Gramine documentation,
 * "Attestation and Secret Provisioning", cited as [GRAMINE]).
 */
@NullMarked
package io.silenda.attest.provider.gramine;

import org.jspecify.annotations.NullMarked;
