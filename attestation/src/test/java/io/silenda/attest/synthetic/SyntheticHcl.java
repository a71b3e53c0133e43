package io.silenda.attest.synthetic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Reports of a made-up host compatibility layer. */
public final class SyntheticHcl {
  private SyntheticHcl() {}

  /** Room for the largest hardware report. */
  private static final int ROOM = 1184;

  private static final int SNP = 2;
  private static final int TDX = 4;

  /** A report about SEV-SNP with SHA-256, padded as in the NV index. */
  public static byte[] report(byte[] hardwareReport, byte[] data) {
    return report(SNP, hardwareReport, data);
  }

  /** A report about TDX: the TDREPORT, which only its own processor can verify. */
  public static byte[] ofTdx(byte[] tdReport, byte[] data) {
    return report(TDX, tdReport, data);
  }

  private static byte[] report(int type, byte[] hardwareReport, byte[] data) {
    ByteBuffer out =
        ByteBuffer.allocate(52 + ROOM + data.length + 40).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x414c4348).putInt(2).putInt(52 + ROOM + data.length).putInt(2).putInt(0);
    out.position(32);
    out.put(hardwareReport);
    out.position(32 + ROOM);
    out.putInt(20 + data.length).putInt(1).putInt(type).putInt(1).putInt(data.length).put(data);
    return out.array();
  }

  /** Run-time claims with one key. */
  public static byte[] runtimeData(String name, KeyPair key) {
    RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
    byte[] modulus = rsa.getModulus().toByteArray();
    String n =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length));
    return ("{\"keys\":[{\"kid\":\"%s\",\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"%s\"}],"
            + "\"vm-configuration\":{\"secure-boot\":true,\"console-enabled\":false}}")
        .formatted(name, n)
        .getBytes(StandardCharsets.UTF_8);
  }
}
