package io.silenda.infer.enclave.worker;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.release.KeyRequest;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveException.Reason;
import java.util.Arrays;
import java.util.Optional;

/**
 * How this worker gets the key of its sealed model: it asks the key's broker, answers the broker's
 * challenge with evidence, and opens what the broker sealed to it. One exchange at a time, a new
 * one takes the place of the last. Not thread-safe.
 */
final class ModelKeyExchange implements AutoCloseable {
  private final EvidenceProvider provider;
  private final WorkerIdentity identity;
  private final byte[] receiptKey;
  private final WorkerModel model;
  private Optional<KeyRequest> pending = Optional.empty();
  private boolean attested;

  ModelKeyExchange(
      EvidenceProvider provider, WorkerIdentity identity, byte[] receiptKey, WorkerModel model) {
    this.provider = provider;
    this.identity = identity;
    this.receiptKey = receiptKey;
    this.model = model;
  }

  /**
   * Begins an exchange for the key of the container as it lies there.
   *
   * @throws EnclaveException if no key is wanted: the model is not sealed, or open
   */
  byte[] request() throws EnclaveException {
    close();
    KeyRequest request = new KeyRequest(provider, identity, receiptKey, model.wantedKey());
    pending = Optional.of(request);
    return request.request();
  }

  byte[] attest(byte[] challenge) throws AttestationException, EnclaveException {
    byte[] attestation = pending().attest(challenge);
    attested = true;
    return attestation;
  }

  /**
   * Opens the response, and with its key the model. Either way the exchange is over.
   *
   * @throws EnclaveException if the container is refused
   */
  void complete(byte[] response) throws AttestationException, EnclaveException {
    try {
      KeyRequest request = pending();
      if (!attested) {
        throw outOfTurn();
      }
      byte[] secret = request.open(response);
      try {
        model.unlock(secret);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    } finally {
      close();
    }
  }

  private KeyRequest pending() throws EnclaveException {
    return pending.orElseThrow(ModelKeyExchange::outOfTurn);
  }

  private static EnclaveException outOfTurn() {
    return new EnclaveException(Reason.REQUEST_REFUSED, "a message out of turn");
  }

  @Override
  public void close() {
    pending.ifPresent(KeyRequest::close);
    pending = Optional.empty();
    attested = false;
  }
}
