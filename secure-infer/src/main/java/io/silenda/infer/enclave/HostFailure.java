package io.silenda.infer.enclave;

import io.silenda.attest.Reason;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a host said instead of an answer; it is not authenticated, and decides nothing but a text.
 */
final class HostFailure {
  private static final int MAX_CHARS = 300;

  private HostFailure() {}

  static EnclaveException of(HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    String text = body.substring(0, Math.min(body.length(), MAX_CHARS));
    Optional<EnclaveException.Reason> reason =
        response.headers().firstValue(EnclaveServer.REASON_HEADER).flatMap(HostFailure::reason);
    if (reason.isEmpty()) {
      return new EnclaveException(
          EnclaveException.Reason.TRANSPORT,
          "the host answers with status " + response.statusCode());
    }
    return text.equals(Reason.UNKNOWN_SESSION.code())
        ? new EnclaveException(
            EnclaveException.Reason.SESSION_ENDED,
            "the worker does not know this session: attest again")
        : new EnclaveException(reason.get(), "the host says: " + text);
  }

  private static Optional<EnclaveException.Reason> reason(String name) {
    for (EnclaveException.Reason each : EnclaveException.Reason.values()) {
      if (each.name().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
