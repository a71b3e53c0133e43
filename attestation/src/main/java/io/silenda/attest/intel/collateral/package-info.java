/**
 * Endorsements of Intel platforms: TCB info, QE identity and PCK certificates, as the Intel
 * Provisioning Certification Service (API version 4) hands them out. Reading proves nothing;
 * signatures are over the raw text, which is kept as it stands.
 */
@NullMarked
package io.silenda.attest.intel.collateral;

import org.jspecify.annotations.NullMarked;
