package io.silenda.attest.jwk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.pki.PublicKey;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.SyntheticHcl;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final KeyPair EC = Keys.ec("secp256r1", 81);

  @Test
  void readsEcKeys() throws Exception {
    byte[] point = Keys.point(EC);
    String jwk = ec(base64Url(point, 1), base64Url(point, 33));
    assertThat(parse(jwk).getEncoded()).isEqualTo(EC.getPublic().getEncoded());
  }

  @Test
  void readsRsaKeys() throws Exception {
    KeyPair rsa = Keys.rsa(82);
    String keys = new String(SyntheticHcl.runtimeData("x", rsa), StandardCharsets.UTF_8);
    String jwk = keys.substring(keys.indexOf("[") + 1, keys.indexOf("]"));
    assertThat(parse(jwk).getEncoded()).isEqualTo(rsa.getPublic().getEncoded());
  }

  @Test
  void refusesPointsThatAreNotOnTheCurve() throws Exception {
    byte[] point = Keys.point(EC);
    point[64] ^= 1;
    String jwk = ec(base64Url(point, 1), base64Url(point, 33));
    assertThatThrownBy(() -> PublicKey.of("key", parse(jwk)))
        .isInstanceOfSatisfying(
            AttestationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-224\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"!!\",\"y\":\"AA\"}",
        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
        "no key at all",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      })
  void refusesOtherFiles(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            AttestationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_KEY));
  }

  private static SubjectPublicKeyInfo parse(String text) throws AttestationException {
    return KeyFile.parse(new EndorsementFile("key", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String ec(String x, String y) {
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
  }

  private static String base64Url(byte[] point, int from) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(point, from, from + 32));
  }
}
