package io.silenda.attest.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Reason;
import io.silenda.attest.synthetic.RefusedBy;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Derivation and frames against the public vectors of the Encrypted HTTP Body Protocol ({@code
 * tinfoilsh/encrypted-http-body-protocol}, folder {@code test-vectors}, MIT).
 */
class BodyKeysTest {
  private static final byte[] EXPORTED = counting(0x00);
  private static final byte[] ENCAPSULATED = counting(0x20);
  private static final byte[] NONCE = counting(0x40);
  private static final String DERIVED_KEY =
      "40ec528847cd4e928449f2ed1a70a7d1e8ee317d5e900424fc1dd5b0475b97f7";
  private static final String DERIVED_NONCE = "f8b0ce9466f27aa6243c65f9";
  private static final String RESPONSE =
      "0000002647e74d9a561b60ff42ac7ffbb4caf6b6d5ad0bb7621e41840d2ab7de7208ff7a59d0a2a482cc";

  private static byte[] counting(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  private static BodyKeys derive() {
    return BodyKeys.derive(EXPORTED, ByteBuffer.allocate(64).put(ENCAPSULATED).put(NONCE).array());
  }

  @Test
  void derivesThePublishedKeys() {
    BodyKeys keys = derive();
    assertThat(HexFormat.of().formatHex(keys.key())).isEqualTo(DERIVED_KEY);
    assertThat(HexFormat.of().formatHex(keys.nonce(0))).isEqualTo(DERIVED_NONCE);
    keys.close();
    assertThat(keys.key()).containsOnly(0);
  }

  @Test
  void opensThePublishedFrame() throws Exception {
    byte[] response = HexFormat.of().parseHex(RESPONSE);
    int length = ByteBuffer.wrap(response).getInt();
    byte[] sealed = Arrays.copyOfRange(response, Frames.LENGTH_BYTES, response.length);
    assertThat(sealed).hasSize(length);
    byte[] plain = new byte[length];
    int opened = new FrameCipher(derive()).open(sealed, length, false, plain);
    assertThat(new String(plain, 0, opened, StandardCharsets.US_ASCII))
        .isEqualTo("hello from test vector");
  }

  /** A body of the plain protocol has no counts, no padding and no end: it is no body of ours. */
  @Test
  void aBodyOfThePlainProtocolIsRefused() {
    FrameReader reader =
        new FrameReader(
            derive(), new ByteArrayInputStream(HexFormat.of().parseHex(RESPONSE)), 1 << 20);
    RefusedBy.assertRefused(Reason.BAD_LENGTH, reader::next);
  }
}
