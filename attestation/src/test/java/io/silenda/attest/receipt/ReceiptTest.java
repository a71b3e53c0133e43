package io.silenda.attest.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Reason;
import io.silenda.attest.channel.ChannelFixture;
import io.silenda.attest.cose.Ed25519Key;
import io.silenda.attest.synthetic.CborWriter;
import io.silenda.attest.synthetic.RefusedBy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private final ReceiptSigner signer = new ReceiptSigner();

  private static Receipt receipt(boolean simulated) {
    return new Receipt(
        Instant.parse("2026-11-21T12:00:00Z"),
        ChannelFixture.digest("nonce"),
        7,
        ChannelFixture.digest("model"),
        ChannelFixture.digest("worker"),
        ChannelFixture.digest("input"),
        ChannelFixture.digest("output"),
        ChannelFixture.digest("evidence"),
        simulated);
  }

  @Test
  void receiptsAreReadBack() throws Exception {
    for (boolean simulated : new boolean[] {true, false}) {
      byte[] signed = signer.sign(receipt(simulated));
      assertThat(ReceiptVerifier.verify(signed, signer.publicKey())).isEqualTo(receipt(simulated));
      String text = new String(signed, StandardCharsets.ISO_8859_1);
      assertThat(text.contains("SIMULATED")).isEqualTo(simulated);
    }
  }

  @Test
  void everyFlippedBitIsRefused() {
    byte[] signed = signer.sign(receipt(true));
    for (int i = 0; i < signed.length; i++) {
      byte[] flipped = signed.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      RefusedBy.refusal(() -> ReceiptVerifier.verify(flipped, signer.publicKey()));
    }
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    byte[] signed = signer.sign(receipt(true));
    Ed25519Key other = Ed25519Key.parse(new ReceiptSigner().publicKey().encode());
    RefusedBy.assertRefused(Reason.RECEIPT_SIGNATURE, () -> ReceiptVerifier.verify(signed, other));
  }

  /** Signed by the right key, but no receipt: a session grant cannot be passed off as one. */
  @Test
  void otherStatementsAreNoReceipts() {
    byte[] statement = signer.signStatement(CborWriter.array(CborWriter.text("grant")));
    RefusedBy.assertRefused(
        Reason.BAD_CBOR, () -> ReceiptVerifier.verify(statement, signer.publicKey()));
    byte[] map = signer.signStatement(CborWriter.map(Map.of(265, CborWriter.text("other"))));
    RefusedBy.assertRefused(
        Reason.BAD_FIELD, () -> ReceiptVerifier.verify(map, signer.publicKey()));
  }
}
