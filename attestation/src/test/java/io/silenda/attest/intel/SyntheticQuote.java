package io.silenda.attest.intel;

import io.silenda.attest.testing.TestKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The layout of quotes, written down a second time.
 *
 * @param bodyType 1 for an enclave, more for a trust domain
 */
record SyntheticQuote(int version, int bodyType, byte[] body) {
  private static final String INTEL_QE = "939a7233f79c4ca9940a0db3957f0607";

  /** Length of what the quote signs. */
  int signedBytes() {
    return 48 + (version == 5 ? 6 : 0) + body.length;
  }

  private byte[] signedPart() {
    byte[] signed = new byte[signedBytes()];
    ByteBuffer fields = fields(signed);
    int tee = bodyType > 1 ? 0x81 : 0;
    fields.putShort((short) version).putShort((short) 2).putInt(tee).putInt(0);
    fields.put(HexFormat.of().parseHex(INTEL_QE)).put(new byte[20]);
    if (version == 5) {
      fields.putShort((short) bodyType).putInt(body.length);
    }
    fields.put(body);
    return signed;
  }

  /** The quoting enclave's report, signed by the platform, with the platform's certificates. */
  static byte[] certification(byte[] report, TestKey pck, byte[] authData, byte[] chain) {
    byte[] qe = new byte[384 + 64 + 2 + authData.length + 6 + chain.length];
    ByteBuffer fields = fields(qe);
    fields.put(report).put(pck.sign(report)).putShort((short) authData.length).put(authData);
    fields.putShort((short) 5).putInt(chain.length).put(chain);
    return qe;
  }

  /** The whole quote; from version 4 on, the certification is wrapped. */
  byte[] quote(TestKey attestation, byte[] certification, byte[] trailing) {
    byte[] signed = signedPart();
    boolean wrapped = version > 3;
    int length = 128 + (wrapped ? 6 : 0) + certification.length;
    byte[] quote = new byte[signed.length + 4 + length + trailing.length];
    ByteBuffer fields = fields(quote);
    fields.put(signed).putInt(length).put(attestation.sign(signed)).put(attestation.rawPoint());
    if (wrapped) {
      fields.putShort((short) 6).putInt(certification.length);
    }
    fields.put(certification).put(trailing);
    return quote;
  }

  private static ByteBuffer fields(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
