package io.silenda.attest.provider.nitro;

import io.silenda.attest.AttestationException;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.provider.ProviderFaults;
import io.silenda.attest.provider.ReportData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Requests and responses of the Nitro Secure Module, externally tagged as its API has them. */
final class NsmMessages {
  private static final String ATTESTATION = "Attestation";

  /** CBOR (RFC 8949): major types 2, 3 and 5 with short lengths, and null. */
  private static final int BYTES_WITH_LENGTH_BYTE = 0x58;

  private static final int TEXT = 0x60;
  private static final int MAP = 0xa0;
  private static final int NULL = 0xf6;

  private NsmMessages() {}

  /** Asks for a document whose nonce is the report data. */
  static byte[] attestation(byte[] reportData) {
    ByteBuffer out = ByteBuffer.allocate(256).put((byte) (MAP | 1));
    text(out, ATTESTATION).put((byte) (MAP | 3));
    text(out, "user_data").put((byte) NULL);
    text(out, "nonce").put((byte) BYTES_WITH_LENGTH_BYTE).put((byte) ReportData.BYTES);
    out.put(ReportData.requireLength(reportData));
    text(out, "public_key").put((byte) NULL);
    byte[] request = new byte[out.position()];
    out.flip().get(request);
    return request;
  }

  private static ByteBuffer text(ByteBuffer out, String text) {
    return out.put((byte) (TEXT | text.length())).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The document of a response, or the module's error as a refusal. */
  static byte[] document(byte[] response) throws AttestationException {
    CborMap map = Cbor.asMap(Cbor.decode(response), "nsm-response");
    Optional<CborValue> error = map.find(CborMap.key("Error"));
    if (error.isPresent()) {
      throw ProviderFaults.failed(
          NitroProvider.NAME, "error " + Cbor.asText(error.get(), "Error"), "a document");
    }
    return map.map(CborMap.key(ATTESTATION), ATTESTATION)
        .bytes(CborMap.key("document"), "document");
  }
}
