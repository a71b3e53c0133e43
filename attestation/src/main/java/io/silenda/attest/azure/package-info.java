/**
 * Azure confidential virtual machines: a virtual TPM whose attestation key a hardware report
 * vouches for.
 *
 * <p>Documents cited: [HCL] "Azure confidential VM guest attestation design", section "Attestation
 * report format", and the IGVM agent's request layout in microsoft/openvmm, {@code
 * openhcl_attestation_protocol}.
 */
@NullMarked
package io.silenda.attest.azure;

import org.jspecify.annotations.NullMarked;
