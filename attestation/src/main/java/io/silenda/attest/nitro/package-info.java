/**
 * AWS Nitro Enclaves attestation documents.
 *
 * <p>Document cited: [NSM] "AWS Nitro Enclaves NSM API", docs/attestation_process.md: section 2.2.2
 * fixes the document's CBOR, section 3 its verification.
 */
@NullMarked
package io.silenda.attest.nitro;

import org.jspecify.annotations.NullMarked;
