package io.silenda.attest.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads TPMS_ATTEST structures that are quotes. Proves nothing. */
public final class TpmQuoteParser {
  /**
   * TPM_GENERATED_VALUE, [TPM2] section 6.2: a TPM signs nothing with this start but what it made
   * itself.
   */
  private static final long MAGIC = 0xff544347L;

  /** TPM_ST_ATTEST_QUOTE, [TPM2] section 6.9. */
  private static final int TYPE_QUOTE = 0x8018;

  /** sizeof(TPMU_HA) of SHA-512 and a hash algorithm: the largest TPM2B_NAME and TPM2B_DATA. */
  private static final int LONGEST_NAME = 66;

  /** TPML_PCR_SELECTION holds at most one selection a bank. */
  private static final int MOST_SELECTIONS = 3;

  private static final int MOST_SELECT_BYTES = 4;

  private TpmQuoteParser() {}

  public static TpmQuote parse(byte[] attest) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian("TPMS_ATTEST", attest);
    long magic = reader.u32("magic");
    if (magic != MAGIC) {
      throw new AttestationException(
          Reason.TPM_MAGIC, "tpm-magic", "0x" + Long.toHexString(magic), "0xff544347");
    }
    int type = reader.u16("type");
    if (type != TYPE_QUOTE) {
      throw new AttestationException(
          Reason.TPM_TYPE, "tpm-type", "0x" + Integer.toHexString(type), "0x8018 (quote)");
    }
    TpmQuote quote =
        new TpmQuote(
            sized(reader, "qualifiedSigner"),
            sized(reader, "extraData"),
            reader.u64("clock"),
            reader.u32("resetCount"),
            reader.u32("restartCount"),
            yesNo(reader),
            reader.u64("firmwareVersion"),
            selections(reader),
            sized(reader, "pcrDigest"),
            attest.clone());
    reader.end();
    return quote;
  }

  private static byte[] sized(ByteReader reader, String field) throws AttestationException {
    int size = reader.u16(field + " size");
    if (size > LONGEST_NAME) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "tpm-quote", field + " of " + size + " bytes", "at most 66 bytes");
    }
    return reader.bytes(field, size);
  }

  /** TPMI_YES_NO, [TPM2] section 9.2. */
  private static boolean yesNo(ByteReader reader) throws AttestationException {
    int value = reader.u8("safe");
    if (value > 1) {
      throw new AttestationException(Reason.BAD_FIELD, "tpm-quote", "safe = " + value, "0 or 1");
    }
    return value == 1;
  }

  private static List<PcrSelection> selections(ByteReader reader) throws AttestationException {
    long count = reader.u32("PCR selection count");
    if (count < 1 || count > MOST_SELECTIONS) {
      throw new AttestationException(
          Reason.PCR_SELECTION, "tpm-pcr-selection", count + " banks", "1 to " + MOST_SELECTIONS);
    }
    List<PcrSelection> selections = new ArrayList<>();
    Set<TpmHash> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      PcrSelection selection = selection(reader);
      if (!seen.add(selection.bank())) {
        throw new AttestationException(
            Reason.PCR_SELECTION, "tpm-pcr-selection", selection.bank() + " twice", "once");
      }
      selections.add(selection);
    }
    return selections;
  }

  private static PcrSelection selection(ByteReader reader) throws AttestationException {
    TpmHash bank = TpmHash.of(reader.u16("PCR bank"));
    int size = reader.u8("sizeofSelect");
    if (size < 1 || size > MOST_SELECT_BYTES) {
      throw new AttestationException(
          Reason.PCR_SELECTION, "tpm-pcr-selection", size + " bytes", "1 to " + MOST_SELECT_BYTES);
    }
    byte[] bitmap = reader.bytes("pcrSelect", size);
    List<Integer> pcrs = new ArrayList<>();
    for (int pcr = 0; pcr < 8 * size; pcr++) {
      if ((bitmap[pcr / 8] >> (pcr % 8) & 1) == 1) {
        pcrs.add(pcr);
      }
    }
    return new PcrSelection(bank, pcrs);
  }
}
