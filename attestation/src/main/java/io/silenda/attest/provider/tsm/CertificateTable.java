package io.silenda.attest.provider.tsm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The host's certificates for SEV-SNP, [GHCB]: entries of a GUID, an offset and a length, up to an
 * entry of zeros. The host may put in anything, so nothing here is believed: the verifier judges.
 */
final class CertificateTable {
  private static final String NAME = "snp-certificate-table";
  private static final int ENTRY_BYTES = 24;

  /** Six kinds are defined. */
  private static final int MOST_ENTRIES = 16;

  private static final int LONGEST_CERTIFICATE = 1 << 16;

  /**
   * In the order that the verifier wants: the key's certificate, its issuer, the root, the list.
   */
  private enum Kind {
    VCEK("63da758de6644564adc5f4b93be8accd"),
    VLEK("a8074bc2a25a483eaae639c045a0b8a1"),
    ASK("4ab7b379bbac4fe4a02f05aef327c782"),
    ARK("c0b406a4a803495297433fb6014cd0ae"),
    CRL("92f81bc358114d3d97ffd19f88dc67ea");

    private final String guid;

    Kind(String guid) {
      this.guid = guid;
    }
  }

  private CertificateTable() {}

  /** The known files, each named by its kind; other kinds are left out, and so are empty ones. */
  static List<EndorsementFile> files(byte[] table) throws AttestationException {
    Map<Kind, EndorsementFile> files = new TreeMap<>();
    ByteReader reader = ByteReader.littleEndian(NAME, table);
    for (int i = 0; reader.remaining() > 0; i++) {
      if (i == MOST_ENTRIES) {
        throw new AttestationException(
            Reason.BAD_LENGTH, NAME, "more than " + MOST_ENTRIES + " entries", "fewer");
      }
      String guid = reader.hex("guid", 16);
      long offset = reader.u32("offset");
      long length = reader.u32("length");
      if (guid.equals("0".repeat(32))) {
        break;
      }
      requireInside(offset, length, (i + 1) * ENTRY_BYTES, table.length);
      for (Kind kind : Kind.values()) {
        if (kind.guid.equals(guid) && length > 0) {
          put(files, kind, Arrays.copyOfRange(table, (int) offset, (int) (offset + length)));
        }
      }
    }
    return new ArrayList<>(files.values());
  }

  private static void put(Map<Kind, EndorsementFile> files, Kind kind, byte[] bytes)
      throws AttestationException {
    String name = kind.name().toLowerCase(Locale.ROOT);
    if (files.put(kind, new EndorsementFile(name, bytes)) != null) {
      throw new AttestationException(Reason.INCONSISTENT, NAME, name + " twice", "once");
    }
  }

  private static void requireInside(long offset, long length, int from, int size)
      throws AttestationException {
    if (length > LONGEST_CERTIFICATE || offset < from || offset + length > size) {
      throw new AttestationException(
          Reason.BAD_LENGTH,
          NAME,
          length + " bytes at " + offset,
          "at most " + LONGEST_CERTIFICATE + " bytes inside of the table's " + size);
    }
  }
}
