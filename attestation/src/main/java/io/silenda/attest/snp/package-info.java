/**
 * AMD SEV-SNP attestation reports: parsing, verification against AMD's key hierarchy, appraisal.
 *
 * <p>Documents cited: [ABI] "SEV Secure Nested Paging Firmware ABI Specification", AMD 56860,
 * revision 1.58; [KDS] "Versioned Chip Endorsement Key (VCEK) Certificate and KDS Interface
 * Specification", AMD 57230, revision 1.00.
 */
@NullMarked
package io.silenda.attest.snp;

import org.jspecify.annotations.NullMarked;
