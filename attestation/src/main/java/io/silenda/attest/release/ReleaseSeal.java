package io.silenda.attest.release;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.hpke.Hpke;
import io.silenda.attest.hpke.HpkeContext;
import io.silenda.attest.hpke.HpkeKeyPair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Seals a key to the attested one: under the report data as info, and the name as data beside. */
final class ReleaseSeal {
  private static final byte[] INFO = "silenda released key v1".getBytes(StandardCharsets.US_ASCII);

  private ReleaseSeal() {}

  static byte[] seal(KeyBinding binding, String keyName, byte[] key) throws AttestationException {
    HpkeContext context = Hpke.send(binding.hpke(), info(binding.reportData()));
    byte[] sealed = context.seal(keyName.getBytes(StandardCharsets.UTF_8), key);
    return ReleaseMessage.encode(
        ReleaseMessage.Kind.RESPONSE, keyName, context.encapsulated(), sealed);
  }

  static byte[] open(HpkeKeyPair pair, byte[] reportData, String keyName, ReleaseMessage response)
      throws AttestationException {
    return pair.receive(response.part(0), info(reportData))
        .open(keyName.getBytes(StandardCharsets.UTF_8), response.part(1));
  }

  private static byte[] info(byte[] reportData) {
    return ByteBuffer.allocate(INFO.length + reportData.length).put(INFO).put(reportData).array();
  }
}
