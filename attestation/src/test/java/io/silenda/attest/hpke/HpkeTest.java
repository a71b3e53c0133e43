package io.silenda.attest.hpke;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.synthetic.RefusedBy;
import java.util.HexFormat;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

/**
 * The suite against the vector that RFC 9180's working group published for mode 0, KEM 0x20, KDF 1,
 * AEAD 2 (first encryption); as quoted, among others, in the tests of BoringSSL and Tink. The RFC's
 * own appendix has no vector of this combination.
 */
class HpkeTest {
  private static final byte[] RECEIVER =
      hex("ac66bae9ffa270cf4a89ed9f274e30c0456babae2572aaaf002ff0d8884ab018");
  private static final byte[] EPHEMERAL =
      hex("28e212563a8b6f068af7ff17400ff1baf23612b7a738bbaf5dfb321b2b5b431a");
  private static final byte[] INFO = hex("4f6465206f6e2061204772656369616e2055726e");
  private static final byte[] PLAINTEXT =
      hex("4265617574792069732074727574682c20747275746820626561757479");
  private static final byte[] ASSOCIATED = hex("436f756e742d30");
  private static final byte[] CIPHERTEXT =
      hex(
          "23ded2d5d90ea89d975dac4792b297240f194952d7421aacbff0474100052b6b"
              + "b8aa58d18ef6c42b6960e2e28f");

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static AsymmetricCipherKeyPair ephemeral() {
    X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(EPHEMERAL);
    return new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret);
  }

  @Test
  void sealsThePublishedVector() throws Exception {
    HpkeContext context = Hpke.send(RECEIVER, INFO, ephemeral());
    assertThat(context.seal(ASSOCIATED, PLAINTEXT)).isEqualTo(CIPHERTEXT);
    assertThat(context.encapsulated()).isEqualTo(Hpke.publicKey(ephemeral()));
  }

  @Test
  void bothSidesExportTheSame() throws Exception {
    HpkeKeyPair pair = HpkeKeyPair.generate(3);
    HpkeContext sender = Hpke.send(pair.configuration(), INFO);
    HpkeContext receiver = pair.receive(sender.encapsulated(), INFO);
    assertThat(receiver.export(ASSOCIATED, 32)).isEqualTo(sender.export(ASSOCIATED, 32));
    assertThat(receiver.export(INFO, 32)).isNotEqualTo(sender.export(ASSOCIATED, 32));
    assertThat(receiver.open(ASSOCIATED, sender.seal(ASSOCIATED, PLAINTEXT))).isEqualTo(PLAINTEXT);
  }

  @Test
  void everyFlippedBitIsRefused() throws Exception {
    HpkeKeyPair pair = HpkeKeyPair.generate(0);
    HpkeContext sender = Hpke.send(pair.configuration(), INFO);
    byte[] sealed = sender.seal(ASSOCIATED, PLAINTEXT);
    assertRefused(pair, sender.encapsulated(), INFO, ASSOCIATED, sealed, 0);
    for (int which = 1; which <= 4; which++) {
      assertRefused(pair, sender.encapsulated(), INFO, ASSOCIATED, sealed, which);
    }
  }

  private static void assertRefused(
      HpkeKeyPair pair, byte[] enc, byte[] info, byte[] associated, byte[] sealed, int which)
      throws AttestationException {
    byte[][] fields = {enc.clone(), info.clone(), associated.clone(), sealed.clone()};
    if (which == 0) {
      assertThat(pair.receive(enc, info).open(associated, sealed)).isEqualTo(PLAINTEXT);
      return;
    }
    byte[] field = fields[which - 1];
    // X25519 ignores the highest bit of a public key (RFC 7748, section 5), so bit 0 is flipped.
    for (int i = 0; i < field.length; i++) {
      field[i] ^= 1;
      RefusedBy.refusal(() -> pair.receive(fields[0], fields[1]).open(fields[2], fields[3]));
      field[i] ^= 1;
    }
  }

  @Test
  void pointsOfLowOrderAreRefused() {
    HpkeConfiguration zero = new HpkeConfiguration(0, new byte[32]);
    RefusedBy.assertRefused(Reason.BAD_KEY, () -> Hpke.send(zero, INFO));
    RefusedBy.assertRefused(
        Reason.BAD_KEY, () -> HpkeKeyPair.generate(0).receive(new byte[32], INFO));
  }

  @Test
  void configurationsOfOneSuiteAreRead() throws Exception {
    HpkeConfiguration ours = HpkeKeyPair.generate(200).configuration();
    byte[] bytes = ours.encode();
    assertThat(bytes).hasSize(HpkeConfiguration.BYTES);
    assertThat(HpkeConfiguration.parse(bytes)).isEqualTo(ours);
    // key id 200, KEM 0x0020; then the key; 4 bytes of suites: KDF 1, AEAD 2.
    assertThat(HexFormat.of().formatHex(bytes)).startsWith("c80020").endsWith("000400010002");
    for (int i : new int[] {1, 2, 35, 36, 37, 38, 39, 40}) {
      byte[] other = bytes.clone();
      other[i] ^= 1;
      RefusedBy.assertRefused(Reason.DOWNGRADED, () -> HpkeConfiguration.parse(other));
    }
  }
}
