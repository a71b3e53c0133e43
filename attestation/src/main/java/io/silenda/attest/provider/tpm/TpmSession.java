package io.silenda.attest.provider.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.provider.ProviderFaults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What attestation asks of a TPM, [TPM2] Part 3. Not thread-safe; closes its transport. */
final class TpmSession implements AutoCloseable {
  /** Selections and registers are of the SHA-256 bank: TPM_ALG_SHA256. */
  private static final int BANK = 0x000b;

  private static final int DIGEST_BYTES = 32;
  private static final int SELECT_BYTES = 3;
  private static final int ENDORSEMENT_HIERARCHY = 0x4000000b;
  private static final int ALG_NULL = 0x0010;

  /** TPML_DIGEST holds eight: more registers take more calls. */
  private static final int MOST_READS = 24;

  /** TPM_CAP_TPM_PROPERTIES, TPM_PT_MANUFACTURER and the four TPM_PT_VENDOR_STRING after it. */
  private static final int CAP_PROPERTIES = 6;

  private static final int MANUFACTURER = 0x105;
  private static final int TEXT_PROPERTIES = 5;

  /** TPM_PT_NV_BUFFER_MAX is at least this. */
  private static final int NV_CHUNK_BYTES = 512;

  private static final int LONGEST_NV = 4096;

  private final TpmTransport transport;

  TpmSession(TpmTransport transport) {
    this.transport = transport;
  }

  /** A key in the TPM, and its public half. */
  record Key(int handle, TpmPublicArea publicArea) {}

  /** TPMS_ATTEST and TPMT_SIGNATURE. */
  record Quote(byte[] attest, byte[] signature) {}

  /** The maker's texts, such as {@code IBM SW TPM}. */
  String vendor() throws AttestationException {
    byte[] parameters =
        new TpmBytes().u32(CAP_PROPERTIES).u32(MANUFACTURER).u32(TEXT_PROPERTIES).toByteArray();
    ByteReader reader = body(TpmCommand.GET_CAPABILITY, parameters);
    reader.u8("moreData");
    reader.u32("capability");
    long count = reader.u32("count");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(count, TEXT_PROPERTIES); i++) {
      reader.u32("property");
      text.append(new String(reader.bytes("value", 4), StandardCharsets.ISO_8859_1)).append(' ');
    }
    return text.toString().replaceAll("[^ -~]", "").replaceAll(" +", " ").strip();
  }

  /** Makes the attestation key; the same for the same TPM until its owner clears it. */
  Key createAttestationKey() throws AttestationException {
    byte[] parameters =
        new TpmBytes()
            .sized(new byte[4])
            .sized(TpmPublicArea.template())
            .u16(0)
            .u32(0)
            .toByteArray();
    byte[] command = TpmCommand.CREATE_PRIMARY.authorized(ENDORSEMENT_HIERARCHY, parameters);
    ByteReader body = TpmCommand.CREATE_PRIMARY.body(transmit(command));
    int handle = (int) body.u32("handle");
    try {
      ByteReader reader = TpmCommand.CREATE_PRIMARY.parameters(body);
      return new Key(handle, TpmPublicArea.parse(sized(reader, "outPublic")));
    } catch (AttestationException e) {
      flush(handle);
      throw e;
    }
  }

  /** A key that somebody made persistent. */
  Key loaded(int handle) throws AttestationException {
    ByteReader reader = body(TpmCommand.READ_PUBLIC, new TpmBytes().u32(handle).toByteArray());
    return new Key(handle, TpmPublicArea.parse(sized(reader, "outPublic")));
  }

  /** Removes a transient key from the TPM's few slots. */
  void flush(int handle) throws AttestationException {
    body(TpmCommand.FLUSH_CONTEXT, new TpmBytes().u32(handle).toByteArray());
  }

  /** Signs the registers' digest and up to 64 bytes of the caller's, by the key's own scheme. */
  Quote quote(Key key, byte[] qualifyingData, SortedSet<Integer> pcrs) throws AttestationException {
    byte[] parameters =
        new TpmBytes().sized(qualifyingData).u16(ALG_NULL).bytes(selection(pcrs)).toByteArray();
    byte[] command = TpmCommand.QUOTE.authorized(key.handle(), parameters);
    ByteReader reader = TpmCommand.QUOTE.parameters(TpmCommand.QUOTE.body(transmit(command)));
    byte[] attest = sized(reader, "quoted");
    return new Quote(attest, reader.bytes("signature", reader.remaining()));
  }

  /** The registers' values. Refused where one changed on the way. */
  SortedMap<Integer, byte[]> readPcrs(SortedSet<Integer> pcrs) throws AttestationException {
    SortedSet<Integer> wanted = new TreeSet<>(pcrs);
    SortedMap<Integer, byte[]> values = new TreeMap<>();
    long counter = -1;
    for (int call = 0; !wanted.isEmpty(); call++) {
      ByteReader reader = body(TpmCommand.PCR_READ, selection(wanted));
      long now = reader.u32("pcrUpdateCounter");
      if (call > 0 && now != counter) {
        throw ProviderFaults.busy(TpmProvider.NAME, "registers that changed while they were read");
      }
      counter = now;
      SortedSet<Integer> read = readSelection(reader);
      long count = reader.u32("count");
      if (read.isEmpty()
          || count != read.size()
          || !wanted.containsAll(read)
          || call > MOST_READS) {
        throw ProviderFaults.failed(
            TpmProvider.NAME, count + " values of registers " + read, "values of " + wanted);
      }
      for (int pcr : read) {
        byte[] value = sized(reader, "digest");
        if (value.length != DIGEST_BYTES) {
          throw ProviderFaults.failed(TpmProvider.NAME, value.length + " bytes", "32 bytes");
        }
        values.put(pcr, value);
      }
      wanted.removeAll(read);
    }
    return values;
  }

  /** Extends a register of the SHA-256 bank. */
  void extend(int pcr, byte[] sha256) throws AttestationException {
    if (sha256.length != DIGEST_BYTES) {
      throw new IllegalArgumentException("sha256: " + sha256.length + " bytes, must be 32");
    }
    byte[] parameters = new TpmBytes().u32(1).u16(BANK).bytes(sha256).toByteArray();
    TpmCommand.PCR_EXTEND.body(transmit(TpmCommand.PCR_EXTEND.authorized(pcr, parameters)));
  }

  /** The content of an NV index that its empty password may read, such as a certificate. */
  byte[] readNv(int index) throws AttestationException {
    ByteReader reader = body(TpmCommand.NV_READ_PUBLIC, new TpmBytes().u32(index).toByteArray());
    byte[] area = sized(reader, "nvPublic");
    if (area.length < 2) {
      throw ProviderFaults.failed(TpmProvider.NAME, area.length + " bytes", "TPMS_NV_PUBLIC");
    }
    int size = ((area[area.length - 2] & 0xff) << 8) | (area[area.length - 1] & 0xff);
    if (size > LONGEST_NV) {
      throw ProviderFaults.failed(
          TpmProvider.NAME, "an NV index of " + size + " bytes", "at most " + LONGEST_NV);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (content.size() < size) {
      int chunk = Math.min(NV_CHUNK_BYTES, size - content.size());
      byte[] parameters = new TpmBytes().u16(chunk).u16(content.size()).toByteArray();
      byte[] command = TpmCommand.NV_READ.authorizedWith(new int[] {index, index}, parameters);
      ByteReader data = TpmCommand.NV_READ.parameters(TpmCommand.NV_READ.body(transmit(command)));
      byte[] read = sized(data, "data");
      if (read.length != chunk) {
        throw ProviderFaults.failed(TpmProvider.NAME, read.length + " bytes", chunk + " bytes");
      }
      content.writeBytes(read);
    }
    return content.toByteArray();
  }

  private static byte[] selection(SortedSet<Integer> pcrs) {
    byte[] bitmap = new byte[SELECT_BYTES];
    for (int pcr : pcrs) {
      bitmap[pcr / 8] |= (byte) (1 << (pcr % 8));
    }
    return new TpmBytes().u32(1).u16(BANK).u8(SELECT_BYTES).bytes(bitmap).toByteArray();
  }

  private static SortedSet<Integer> readSelection(ByteReader reader) throws AttestationException {
    SortedSet<Integer> pcrs = new TreeSet<>();
    if (reader.u32("banks") == 1 && reader.u16("bank") == BANK) {
      byte[] bitmap = reader.bytes("pcrSelect", reader.u8("sizeofSelect"));
      for (int pcr = 0; pcr < 8 * bitmap.length; pcr++) {
        if ((bitmap[pcr / 8] >> (pcr % 8) & 1) == 1) {
          pcrs.add(pcr);
        }
      }
    }
    return pcrs;
  }

  private static byte[] sized(ByteReader reader, String field) throws AttestationException {
    return reader.bytes(field, reader.u16(field + " size"));
  }

  private ByteReader body(TpmCommand command, byte[] handlesAndParameters)
      throws AttestationException {
    return command.body(transmit(command.plain(handlesAndParameters)));
  }

  private byte[] transmit(byte[] command) throws AttestationException {
    try {
      return transport.transmit(command);
    } catch (IOException e) {
      throw ProviderFaults.failed(TpmProvider.NAME, ProviderFaults.words(e), "a response");
    }
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
