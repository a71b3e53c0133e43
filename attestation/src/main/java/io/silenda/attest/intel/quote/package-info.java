/**
 * The bytes of Intel quotes. Layouts are those of Intel's "SGX ECDSA QuoteGeneration Reference"
 * (DCAP), appendix A.4 (version 3), and "TDX DCAP Quote Generation Library and Quote Verification
 * Library", appendix A.3 (versions 4 and 5). All integers are little-endian. Reading proves
 * nothing.
 */
@NullMarked
package io.silenda.attest.intel.quote;

import org.jspecify.annotations.NullMarked;
