package io.silenda.attest.release;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.KeyBinding;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.hpke.HpkeKeyPair;
import io.silenda.attest.provider.EvidenceProvider;

/**
 * A worker's request for one key: {@link #request}, then {@link #attest}, then {@link #open}, once
 * each. The key is sealed to an HPKE key that lives as long as this object. Not thread-safe.
 */
public final class KeyRequest implements AutoCloseable {
  private final EvidenceProvider provider;
  private final WorkerIdentity identity;
  private final byte[] receiptKey;
  private final String keyName;
  private final HpkeKeyPair pair = HpkeKeyPair.generate(0);
  private byte[] reportData = new byte[0];

  /**
   * A request for {@code keyName}.
   *
   * @param provider makes the evidence
   * @param identity what this worker is
   * @param receiptKey COSE_Key of the key that it signs receipts with
   */
  public KeyRequest(
      EvidenceProvider provider, WorkerIdentity identity, byte[] receiptKey, String keyName) {
    this.provider = provider;
    this.identity = identity;
    this.receiptKey = receiptKey.clone();
    this.keyName = ReleaseMessage.requireKeyName(keyName);
  }

  /** The first message to the broker. */
  public byte[] request() {
    return ReleaseMessage.encode(ReleaseMessage.Kind.REQUEST, keyName);
  }

  /**
   * Answers the broker's challenge with evidence.
   *
   * @throws AttestationException where the challenge is malformed, or the provider failed
   */
  public byte[] attest(byte[] challenge) throws AttestationException {
    ReleaseMessage message = parse(ReleaseMessage.Kind.CHALLENGE, challenge);
    byte[] nonce = message.part(0);
    if (nonce.length != KeyBinding.NONCE_BYTES) {
      throw new AttestationException(
          Reason.BAD_LENGTH,
          "release-challenge",
          nonce.length + " bytes",
          KeyBinding.NONCE_BYTES + " bytes");
    }
    KeyBinding binding =
        new KeyBinding(Purpose.KEY_RELEASE, nonce, identity, pair.configuration(), receiptKey);
    reportData = binding.reportData();
    BoundEvidence bound = new BoundEvidence(binding, provider.provide(reportData));
    return ReleaseMessage.encode(ReleaseMessage.Kind.ATTESTATION, keyName, bound.encode());
  }

  /**
   * The released key, to be wiped by the caller.
   *
   * @throws AttestationException where the response is for another request, or was altered
   * @throws IllegalStateException before {@link #attest}
   */
  public byte[] open(byte[] response) throws AttestationException {
    if (reportData.length == 0) {
      throw new IllegalStateException("nothing has been attested");
    }
    ReleaseMessage message = parse(ReleaseMessage.Kind.RESPONSE, response);
    return ReleaseSeal.open(pair, reportData, keyName, message);
  }

  /** What the evidence carried; empty before {@link #attest}. */
  byte[] reportData() {
    return reportData.clone();
  }

  private ReleaseMessage parse(ReleaseMessage.Kind kind, byte[] bytes) throws AttestationException {
    ReleaseMessage message = ReleaseMessage.parse(kind, bytes);
    if (!message.keyName().equals(keyName)) {
      throw new AttestationException(
          Reason.OTHER_EXCHANGE, "release-message", "a message for another key", keyName);
    }
    return message;
  }

  @Override
  public void close() {
    pair.close();
  }
}
