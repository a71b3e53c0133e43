package io.silenda.attest;

import java.util.Locale;

/** Why evidence was refused or something was not checked. Groups in the order of the work. */
public enum Reason {
  /** Nothing is wrong. */
  NONE,

  // ---- Form: the bytes are not what the format says.
  /** No verifier reads this format. */
  UNKNOWN_FORMAT,
  /** The bytes end before the structure does. */
  TRUNCATED,
  /** Bytes follow a structure that ends exactly. */
  TRAILING_BYTES,
  /** A length or a count disagrees with the structure. */
  BAD_LENGTH,
  /** The version is not the format's. */
  UNSUPPORTED_VERSION,
  /** The algorithm is not the format's. */
  UNSUPPORTED_ALGORITHM,
  /** A field that must be zero is not. */
  RESERVED_NOT_ZERO,
  /** A field has a value the format does not know. */
  BAD_FIELD,
  /** Not well-formed JSON, or not of the expected shape. */
  BAD_JSON,
  /** Not well-formed CBOR or COSE, or not of the expected shape. */
  BAD_CBOR,
  /** A member, claim, register or field is missing. */
  MISSING_FIELD,
  /** Two things that say the same disagree. */
  INCONSISTENT,

  // ---- Signatures and keys.
  /** The evidence's own signature does not verify. */
  EVIDENCE_SIGNATURE,
  /** A public key is malformed or not on its curve. */
  BAD_KEY,
  /** A signature is malformed or out of range. */
  BAD_SIGNATURE_ENCODING,
  /** The key that signed is not the one that was vouched for. */
  KEY_NOT_BOUND,

  // ---- Certificates and revocation lists.
  /** A certificate is malformed. */
  BAD_CERTIFICATE,
  /** Certificates are missing. */
  MISSING_CERTIFICATE,
  /** A certificate was not signed by the next one. */
  CERTIFICATE_SIGNATURE,
  /** A certificate names another issuer. */
  CERTIFICATE_ISSUER,
  /** A certificate that is no authority issued another. */
  NOT_AN_AUTHORITY,
  /** A certificate is used for what it was not issued for. */
  CERTIFICATE_ROLE,
  /** A certificate has a critical extension that is not understood. */
  UNKNOWN_CRITICAL_EXTENSION,
  /** A certificate has expired. */
  CERTIFICATE_EXPIRED,
  /** A certificate is not valid yet. */
  CERTIFICATE_NOT_YET_VALID,
  /** The chain does not end at a pinned root. */
  UNTRUSTED_ROOT,
  /** A revocation list is malformed. */
  BAD_CRL,
  /** No revocation list was supplied. */
  MISSING_CRL,
  /** A revocation list was not signed by its issuer. */
  CRL_SIGNATURE,
  /** A revocation list is of another issuer. */
  CRL_ISSUER,
  /** A revocation list is past its next update. */
  CRL_EXPIRED,
  /** A revocation list is not valid yet. */
  CRL_NOT_YET_VALID,
  /** A certificate has been revoked. */
  CERTIFICATE_REVOKED,

  // ---- Intel: SGX and TDX.
  /** The quoting enclave's report was not signed by the platform's PCK. */
  QE_REPORT_SIGNATURE,
  /** The quoting enclave's report does not bind the attestation key. */
  QE_REPORT_DATA,
  /** No collateral was supplied. */
  MISSING_COLLATERAL,
  /** The TCB info's signature does not verify. */
  TCB_INFO_SIGNATURE,
  /** The TCB info is of another technology or version. */
  TCB_INFO_TYPE,
  /** The TCB info is past its next update. */
  TCB_INFO_EXPIRED,
  /** The TCB info is not issued yet. */
  TCB_INFO_NOT_YET_VALID,
  /** The QE identity's signature does not verify. */
  QE_IDENTITY_SIGNATURE,
  /** The QE identity is of another enclave or version. */
  QE_IDENTITY_TYPE,
  /** The QE identity is past its next update. */
  QE_IDENTITY_EXPIRED,
  /** The QE identity is not issued yet. */
  QE_IDENTITY_NOT_YET_VALID,
  /** The FMSPC of the TCB info is not that of the platform. */
  FMSPC_MISMATCH,
  /** The PCEID of the TCB info is not that of the platform. */
  PCEID_MISMATCH,
  /** The quoting enclave's MRSIGNER is not that of its identity. */
  QE_MRSIGNER,
  /** The quoting enclave's ISVPRODID is not that of its identity. */
  QE_ISVPRODID,
  /** The quoting enclave's MISCSELECT is not that of its identity. */
  QE_MISCSELECT,
  /** The quoting enclave's attributes are not those of its identity. */
  QE_ATTRIBUTES,
  /** The TDX module is not one that the TCB info names. */
  TDX_MODULE_MISMATCH,
  /** No TCB level matches the platform. */
  NO_MATCHING_TCB_LEVEL,
  /** The host can fault the trust domain's private pages: SEPT_VE_DISABLE is not set. */
  SEPT_VE,
  /** A service domain is bound to the trust domain: it can migrate. */
  SERVICE_TD,

  // ---- AMD SEV-SNP.
  /** The endorsement key's extensions say another TCB than the report. */
  SNP_TCB_MISMATCH,
  /** The chip of the report is not that of the endorsement key. */
  SNP_CHIP_ID,
  /** The product of the report is not that of the endorsement key. */
  SNP_PRODUCT_MISMATCH,
  /** The report was signed by no key, or by another kind of key than was supplied. */
  SNP_SIGNING_KEY,
  /** Reported, committed and current TCB are out of order: a rollback. */
  SNP_TCB_ROLLBACK,
  /** A migration agent may move the guest elsewhere. */
  SNP_MIGRATION,
  /** The report was asked for at a privilege level other than the wanted. */
  SNP_VMPL,

  // ---- Tokens: AWS Nitro, Arm CCA and PSA.
  /** The realm's key is not the one that the platform vouches for. */
  CCA_BINDING,
  /** The life cycle is one in which the platform gives no assurance. */
  INSECURE_LIFECYCLE,
  /** The token is of another profile. */
  TOKEN_PROFILE,

  // ---- TPM 2.0 and Azure.
  /** The structure was not made by a TPM. */
  TPM_MAGIC,
  /** The structure is not a quote. */
  TPM_TYPE,
  /** The PCR values do not give the quoted digest. */
  PCR_DIGEST,
  /** The quote covers other PCRs than were supplied. */
  PCR_SELECTION,
  /** The hardware report does not vouch for the run-time data. */
  RUNTIME_DATA_HASH,

  // ---- NVIDIA.
  /** The device did not sign what it was asked, or the transcript is of something else. */
  SPDM_TRANSCRIPT,
  /** A measurement block is malformed. */
  SPDM_MEASUREMENT,

  // ---- Appraisal: proven, but not what the policy asks for.
  /** The technology is not one that the policy accepts. */
  TEE_NOT_ACCEPTED,
  /** The attester can be debugged. */
  DEBUG,
  /** The evidence does not say whether the attester can be debugged. */
  DEBUG_UNKNOWN,
  /** No hardware stands behind the evidence. */
  SIMULATED,
  /** The mode of verification proves too little. */
  NOT_VERIFIED,
  /** Something was left unchecked that the policy does not excuse. */
  UNCHECKED,
  /** The platform's TCB has been revoked. */
  TCB_REVOKED,
  /** The policy does not accept this TCB status. */
  TCB_STATUS,
  /** The TCB has no status and the policy sets no minimum. */
  TCB_UNKNOWN,
  /** A component's version is below the policy's minimum. */
  TCB_BELOW_MINIMUM,
  /** The policy does not accept an advisory that applies. */
  ADVISORY,
  /** The collateral's evaluation number is below the floor. */
  EVALUATION_NUMBER,
  /** The policy names no nonce, or the evidence has none. */
  MISSING_NONCE,
  /** The nonce is another one. */
  NONCE_MISMATCH,
  /** The policy gives no reference value, or the evidence lacks a register. */
  MISSING_MEASUREMENT,
  /** A measured register has another value. */
  MEASUREMENT_MISMATCH,
  /** The chip or platform is not on the list. */
  PLATFORM_NOT_LISTED,
  /** The evidence or its endorsements are too old. */
  TOO_OLD,
  /** The policy limits age and the evidence has none. */
  MISSING_AGE,
  /** The measurement is not in the log that the policy names. */
  NOT_IN_LOG,
  /** The log's checkpoint or proof does not verify. */
  LOG_PROOF,

  // ---- Attested channel, key release, receipts.
  /** The message is of another protocol, or in the clear where it has to be sealed. */
  NOT_SEALED,
  /** The message lacks an extension, or names a suite, that both sides have to insist upon. */
  DOWNGRADED,
  /** The evidence does not carry the hash of this nonce and these keys. */
  EVIDENCE_NOT_BOUND,
  /** The worker's digest is not one that the owner accepts. */
  WORKER_NOT_ACCEPTED,
  /** The model's digest is not one that the owner accepts. */
  MODEL_NOT_ACCEPTED,
  /** The digest of the worker's own policy is not one that the owner accepts. */
  WORKER_POLICY_NOT_ACCEPTED,
  /** Nobody knows this session, or it has been forgotten. */
  UNKNOWN_SESSION,
  /** The session has lasted its time or has had its requests: new evidence is needed. */
  SESSION_EXPIRED,
  /** The key has been rotated out and wiped. */
  KEY_RETIRED,
  /** The message has been received before. */
  REPLAYED,
  /** The message comes after one that was sent later. */
  REORDERED,
  /** The message is not for this session, or answers another request. */
  OTHER_EXCHANGE,
  /** A frame was altered, moved, or sealed to another key. */
  SEAL_BROKEN,
  /** The body ends without its final frame. */
  FINAL_FRAME_MISSING,
  /** The message is larger than its reader allows. */
  TOO_LARGE,
  /** The signature of a receipt does not verify. */
  RECEIPT_SIGNATURE,
  /** The receipt is for something else. */
  RECEIPT_MISMATCH,
  /** No key of that name is released, or not under this challenge. */
  UNKNOWN_CHALLENGE,
  /** The record of releases cannot be written, or was altered: nothing is released. */
  RELEASE_LOG,
  // ---- Producing evidence.
  /** No technology that can attest this machine, or not the one that was asked. */
  PROVIDER_ABSENT,
  /** Another process used the same interface at the same time; nothing of its is handed out. */
  PROVIDER_BUSY,
  /** The technology gave an error, or something that is no evidence. */
  PROVIDER_FAILED,

  // ---- Models at rest.
  /** The key is not the sealed model's, or its header was altered. */
  SEALED_HEADER,
  /** A chunk of a sealed model was altered, moved, repeated or cut off. */
  SEALED_CHUNK,
  /** The sealed model is older than the last one seen. */
  MODEL_ROLLED_BACK,
  /** The sealed model does not continue the last one seen. */
  MODEL_SWAPPED,
  /** No head of the model was ever enrolled. */
  MODEL_HEAD_UNKNOWN,

  // ---- Files of the verifier itself.
  /** A library gave up on the input in a way that no parser foresaw: refused, and a defect. */
  INTERNAL,
  /** A policy cannot be read. */
  BAD_POLICY,
  /** A file of the store was altered. */
  STORE_CORRUPT;

  /** The code in JSON, such as {@code qe-report-data}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
