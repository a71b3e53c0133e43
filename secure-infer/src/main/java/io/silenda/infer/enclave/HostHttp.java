package io.silenda.infer.enclave;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Messages to a host over HTTP, which neither protects nor needs to protect them. Thread-safe. */
final class HostHttp {
  static final String ATTEST = "/v1/attest";
  static final String SEALED = "/v1/sealed";
  static final String KEY_REQUEST = "/v1/key/request";
  static final String KEY_CHALLENGE = "/v1/key/challenge";
  static final String KEY_RESPONSE = "/v1/key/response";

  private final HttpClient http;
  private final URI server;
  private final Duration timeout;

  HostHttp(URI server, Duration timeout) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
    this.server = server;
    this.timeout = timeout;
  }

  byte[] post(String path, byte[] body) throws EnclaveException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        return response.body();
      }
      throw HostFailure.of(response);
    } catch (IOException e) {
      throw new EnclaveException(
          EnclaveException.Reason.TRANSPORT, "the host cannot be reached: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnclaveException(EnclaveException.Reason.TRANSPORT, "interrupted", e);
    }
  }
}
