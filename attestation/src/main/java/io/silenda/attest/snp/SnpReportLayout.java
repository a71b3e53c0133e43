package io.silenda.attest.snp;

/**
 * Offsets and sizes of ATTESTATION_REPORT, [ABI] section 7.3, table 23. All integers are little
 * endian.
 */
final class SnpReportLayout {
  static final int SIZE = 0x4a0;

  static final int VERSION = 0x000;
  static final int GUEST_SVN = 0x004;
  static final int POLICY = 0x008;
  static final int FAMILY_ID = 0x010;
  static final int IMAGE_ID = 0x020;
  static final int VMPL = 0x030;
  static final int SIGNATURE_ALGORITHM = 0x034;
  static final int CURRENT_TCB = 0x038;
  static final int PLATFORM_INFO = 0x040;
  static final int KEY_FLAGS = 0x048;
  static final int RESERVED_AFTER_FLAGS = 0x04c;
  static final int REPORT_DATA = 0x050;
  static final int MEASUREMENT = 0x090;
  static final int HOST_DATA = 0x0c0;
  static final int ID_KEY_DIGEST = 0x0e0;
  static final int AUTHOR_KEY_DIGEST = 0x110;
  static final int REPORT_ID = 0x140;
  static final int REPORT_ID_MA = 0x160;
  static final int REPORTED_TCB = 0x180;

  /** From version 3 on; reserved before. */
  static final int CPUID_FAMILY = 0x188;

  static final int CPUID_MODEL = 0x189;
  static final int CPUID_STEPPING = 0x18a;
  static final int RESERVED_AFTER_CPUID = 0x18b;
  static final int CHIP_ID = 0x1a0;
  static final int COMMITTED_TCB = 0x1e0;
  static final int CURRENT_BUILD = 0x1e8;
  static final int RESERVED_AFTER_CURRENT = 0x1eb;
  static final int COMMITTED_BUILD = 0x1ec;
  static final int RESERVED_AFTER_COMMITTED = 0x1ef;
  static final int LAUNCH_TCB = 0x1f0;

  /** From version 5 on; reserved before. */
  static final int LAUNCH_MITIGATIONS = 0x1f8;

  static final int CURRENT_MITIGATIONS = 0x200;
  static final int RESERVED_AFTER_MITIGATIONS = 0x208;

  /** The signature covers everything before it. */
  static final int SIGNATURE = 0x2a0;

  /** [ABI] table 141: R and S are little endian and zero-extended to 72 bytes. */
  static final int SIGNATURE_COMPONENT_SIZE = 72;

  /** [ABI] table 140: ECDSA P-384 with SHA-384. */
  static final int ECDSA_P384_SHA384 = 1;

  // KEY_FLAGS
  static final int AUTHOR_KEY_ENABLED = 1;
  static final int MASK_CHIP_KEY = 1 << 1;
  static final int SIGNING_KEY_SHIFT = 2;
  static final int SIGNING_KEY_MASK = 0b111;
  static final int KEY_FLAGS_DEFINED = 0b11111;

  private SnpReportLayout() {}
}
