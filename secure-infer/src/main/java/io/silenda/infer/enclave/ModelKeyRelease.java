package io.silenda.infer.enclave;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.release.KeyBroker;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/**
 * The model owner's end of a release: carries messages between a worker behind a host and the
 * owner's broker. The broker appraises the worker's evidence by the owner's policy, logs the
 * release, and seals the key to that worker; nothing else takes a key there. A worker that replaces
 * one that died needs the key again.
 *
 * <p>The broker holds a key under {@link io.silenda.attest.sealed.ModelHead#keyName}: the name of
 * one version of one model, so that a container which is not current gets no key.
 */
public final class ModelKeyRelease {
  private ModelKeyRelease() {}

  /** Gives a broker the key of one version of a model, for workers that satisfy {@code policy}. */
  public static void hold(KeyBroker broker, ModelKey key, ModelHead version, OwnerPolicy policy) {
    byte[] secret = key.copySecret();
    try {
      broker.hold(version.keyName(), secret, policy);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Releases the key of the sealed model that the worker at {@code server} has.
   *
   * @param timeout for every message; loading the model counts
   * @throws EnclaveException with {@link EnclaveException.Reason#KEY_REFUSED} where the broker
   *     refuses, and nothing left it; with {@link EnclaveException.Reason#MODEL_REFUSED} where the
   *     worker refuses the container under that key
   */
  public static void run(URI server, KeyBroker broker, Duration timeout) throws EnclaveException {
    HostHttp host = new HostHttp(server, timeout);
    byte[] request = host.post(HostHttp.KEY_REQUEST, new byte[0]);
    byte[] response;
    try {
      byte[] challenge = broker.challenge(request);
      response = broker.release(host.post(HostHttp.KEY_CHALLENGE, challenge));
    } catch (AttestationException e) {
      throw new EnclaveException(
          EnclaveException.Reason.KEY_REFUSED,
          "the model's key is not released: " + e.getMessage(),
          e);
    }
    host.post(HostHttp.KEY_RESPONSE, response);
  }
}
