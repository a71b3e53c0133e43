/**
 * Attestation documents of AWS Nitro enclaves. The only package that calls native code, by JNA.
 *
 * <p>Documents cited: [NSM] "Validating Attestation Documents Produced by AWS Nitro Enclaves" and
 * the request format of the Nitro Secure Module API, both in AWS's {@code
 * aws-nitro-enclaves-nsm-api}; [UAPI] {@code include/uapi/linux/nsm.h} of Linux 6.8.
 */
@NullMarked
package io.silenda.attest.provider.nitro;

import org.jspecify.annotations.NullMarked;
