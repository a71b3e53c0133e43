package io.silenda.attest.intel.quote;

/**
 * The part of a quote behind what it signs.
 *
 * @param signature ECDSA P-256 over header and body: r, s
 * @param attestationKey the point that made it: x, y
 * @param qeReportBytes the quoting enclave's report as it stands, signed by the PCK
 * @param qeReport the same, read
 * @param qeReportSignature ECDSA P-256 over {@code qeReportBytes}: r, s
 * @param qeAuthData hashed with the attestation key into the QE's report data
 * @param certificationData what vouches for the PCK
 */
public record QuoteSignature(
    byte[] signature,
    byte[] attestationKey,
    byte[] qeReportBytes,
    EnclaveReport qeReport,
    byte[] qeReportSignature,
    byte[] qeAuthData,
    CertificationData certificationData) {}
