package io.silenda.attest.synthetic;

import io.silenda.attest.EndorsementFile;
import io.silenda.attest.encoding.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A made-up TPM: quotes of a SHA-256 bank. Layouts are those of the TPM library specification,
 * written down a second time.
 */
public final class SyntheticTpm {
  private final SortedMap<Integer, byte[]> pcrs = new TreeMap<>();
  private byte[] nonce = {1, 2, 3, 4};
  private int magic = 0xff544347;
  private int type = 0x8018;
  private int bank = 0x000b;
  private int selectBytes = 3;

  public SyntheticTpm() {
    for (int pcr : new int[] {0, 4, 7, 11}) {
      byte[] value = new byte[32];
      Arrays.fill(value, (byte) pcr);
      pcrs.put(pcr, value);
    }
  }

  public SyntheticTpm nonce(byte[] value) {
    nonce = value.clone();
    return this;
  }

  public SyntheticTpm magic(int value) {
    magic = value;
    return this;
  }

  public SyntheticTpm type(int value) {
    type = value;
    return this;
  }

  public SyntheticTpm bank(int value) {
    bank = value;
    return this;
  }

  public SyntheticTpm selectBytes(int value) {
    selectBytes = value;
    return this;
  }

  public SortedMap<Integer, byte[]> pcrs() {
    return pcrs;
  }

  /** TPMS_ATTEST. */
  public byte[] quote() {
    ByteBuffer out = ByteBuffer.allocate(512);
    out.putInt(magic).putShort((short) type);
    sized(out, new byte[34]);
    sized(out, nonce);
    out.putLong(1000).putInt(2).putInt(3).put((byte) 1).putLong(0x20200312L);
    out.putInt(1).putShort((short) bank).put((byte) selectBytes);
    byte[] bitmap = new byte[selectBytes];
    for (int pcr : pcrs.keySet()) {
      bitmap[pcr / 8] |= (byte) (1 << pcr % 8);
    }
    out.put(bitmap);
    sized(out, Digests.SHA_256.hash(pcrs.values().toArray(new byte[0][])));
    return Arrays.copyOf(out.array(), out.position());
  }

  /** TPMT_SIGNATURE with ECDSA and SHA-256. */
  public byte[] ecdsa(KeyPair keys) {
    byte[] rs = Keys.sign("SHA256withECDSAinP1363Format", keys.getPrivate(), quote());
    ByteBuffer out = ByteBuffer.allocate(72);
    out.putShort((short) 0x0018).putShort((short) 0x000b);
    out.putShort((short) 32).put(rs, 0, 32).putShort((short) 32).put(rs, 32, 32);
    return out.array();
  }

  /** A bare RSASSA signature with SHA-256. */
  public byte[] rsassa(KeyPair keys) {
    return Keys.sign("SHA256withRSA", keys.getPrivate(), quote());
  }

  public EndorsementFile pcrFile() {
    return pcrFile(pcrs);
  }

  public static EndorsementFile pcrFile(Map<Integer, byte[]> values) {
    StringBuilder json = new StringBuilder("{");
    values.forEach(
        (pcr, value) ->
            json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(pcr)
                .append("\":\"")
                .append(HexFormat.of().formatHex(value))
                .append('"'));
    return new EndorsementFile(
        "pcrs.json", json.append('}').toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static void sized(ByteBuffer out, byte[] value) {
    out.putShort((short) value.length).put(value);
  }
}
