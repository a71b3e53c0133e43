/**
 * Measurements of NVIDIA GPUs in confidential mode.
 *
 * <p>Documents cited: [SPDM] "Security Protocol and Data Model Specification", DMTF DSP0274 1.1.2;
 * [NVTRUST] NVIDIA's attestation SDK, for the opaque data and the certificates. Integers are little
 * endian.
 */
@NullMarked
package io.silenda.attest.nvidia;

import org.jspecify.annotations.NullMarked;
