package io.silenda.attest.intel.quote;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.ByteReader;
import java.util.List;
import java.util.Optional;

/**
 * Report of a TDX trust domain: 584 bytes, or 648 with what TDX 1.5 adds.
 *
 * @param teeTcbSvn security versions of the TDX components when the domain was launched, 16 bytes
 * @param mrSeam measurement of the TDX module, 48 bytes
 * @param mrSignerSeam hash of the module signer's key, 48 bytes; zero for Intel's module
 * @param seamAttributes 8 bytes
 * @param tdAttributes 8 bytes
 * @param xfam 8 bytes
 * @param mrTd measurement of the domain's initial content, 48 bytes
 * @param mrConfigId 48 bytes set by the host at launch
 * @param mrOwner 48 bytes
 * @param mrOwnerConfig 48 bytes
 * @param rtmrs four run-time registers of 48 bytes
 * @param reportData 64 bytes chosen by the domain
 * @param tdx15 what TDX 1.5 adds, where the quote has it
 */
public record TdReport(
    byte[] teeTcbSvn,
    byte[] mrSeam,
    byte[] mrSignerSeam,
    byte[] seamAttributes,
    byte[] tdAttributes,
    byte[] xfam,
    byte[] mrTd,
    byte[] mrConfigId,
    byte[] mrOwner,
    byte[] mrOwnerConfig,
    List<byte[]> rtmrs,
    byte[] reportData,
    Optional<Tdx15> tdx15)
    implements QuoteBody {
  /** Length of a report of TDX 1.0. */
  static final int BYTES_10 = 584;

  /** Length of a report of TDX 1.5. */
  static final int BYTES_15 = 648;

  /**
   * TUD: the eight bits that say "this domain is untrusted", DEBUG the lowest of them (Intel TDX
   * module ABI, "ATTRIBUTES").
   */
  private static final int TUD_BYTE = 0;

  /** {@code SEPT_VE_DISABLE}, bit 28: the host cannot raise #VE for pages that it takes away. */
  private static final int SEPT_VE_DISABLE = 1 << (28 - 24);

  /** {@code MIGRATABLE}, bit 29: a service domain may take the domain to another machine. */
  private static final int MIGRATABLE = 1 << (29 - 24);

  /**
   * Fields that TDX 1.5 adds.
   *
   * @param teeTcbSvn2 security versions of the TDX components that run now, 16 bytes
   * @param mrServiceTd measurement of the service domains bound to this one, 48 bytes; zero if none
   */
  public record Tdx15(byte[] teeTcbSvn2, byte[] mrServiceTd) {}

  static TdReport read(ByteReader reader, boolean withTdx15) throws AttestationException {
    return new TdReport(
        reader.bytes("TEE_TCB_SVN", 16),
        reader.bytes("MRSEAM", 48),
        reader.bytes("MRSIGNERSEAM", 48),
        reader.bytes("SEAMATTRIBUTES", 8),
        reader.bytes("TDATTRIBUTES", 8),
        reader.bytes("XFAM", 8),
        reader.bytes("MRTD", 48),
        reader.bytes("MRCONFIGID", 48),
        reader.bytes("MROWNER", 48),
        reader.bytes("MROWNERCONFIG", 48),
        List.of(
            reader.bytes("RTMR0", 48),
            reader.bytes("RTMR1", 48),
            reader.bytes("RTMR2", 48),
            reader.bytes("RTMR3", 48)),
        reader.bytes("REPORTDATA", 64),
        withTdx15 ? Optional.of(readTdx15(reader)) : Optional.empty());
  }

  private static Tdx15 readTdx15(ByteReader reader) throws AttestationException {
    return new Tdx15(reader.bytes("TEE_TCB_SVN_2", 16), reader.bytes("MRSERVICETD", 48));
  }

  /** Whether the domain's memory can be read from outside, or may be: any TUD bit is set. */
  public boolean debug() {
    return tdAttributes[TUD_BYTE] != 0;
  }

  /** Whether the host is kept from faulting the domain's private pages. */
  public boolean septVeDisabled() {
    return (tdAttributes[3] & SEPT_VE_DISABLE) != 0;
  }

  /** Whether the domain may be migrated, by a service domain that not every quote names. */
  public boolean migratable() {
    return (tdAttributes[3] & MIGRATABLE) != 0;
  }
}
