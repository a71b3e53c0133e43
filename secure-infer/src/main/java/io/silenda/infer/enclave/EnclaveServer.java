package io.silenda.infer.enclave;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A host's worker on loopback HTTP: {@code POST /v1/attest}, {@code /v1/sealed} and {@code /v1/key}
 * relay bytes, {@code GET /v1/worker} says what runs, {@code GET /metrics} counts. Whoever starts
 * it closes it; the host stays the caller's. Thread-safe.
 */
public final class EnclaveServer implements AutoCloseable {
  /** The header that says why a request failed: the name of an {@link EnclaveException.Reason}. */
  static final String REASON_HEADER = "Silenda-Reason";

  private static final int MAX_CHALLENGE_BYTES = 4096;
  private static final int MAX_RELEASE_BYTES = 16 << 10;
  private static final int MAX_SEALED_BYTES = 128 << 20;
  private static final int THREADS = 4;

  /** Read once, when the first server of the process is made. */
  private static final String SEND_AT_ONCE = "sun.net.httpserver.nodelay";

  static {
    // Head and body of an answer leave as two segments. The second would wait for the client's
    // acknowledgement of the first, which systems hold back for about 40 ms.
    if (System.getProperty(SEND_AT_ONCE) == null) {
      System.setProperty(SEND_AT_ONCE, "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final EnclaveHost host;

  private EnclaveServer(HttpServer server, EnclaveHost host) {
    this.server = server;
    this.host = host;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "silenda-enclave-http");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Listens on loopback.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static EnclaveServer start(EnclaveHost host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    EnclaveServer started = new EnclaveServer(HttpServer.create(address, 0), host);
    started.server.setExecutor(started.threads);
    started.relay(HostHttp.ATTEST, MAX_CHALLENGE_BYTES, host::attest);
    started.relay(HostHttp.SEALED, MAX_SEALED_BYTES, host::relay);
    started.relay(HostHttp.KEY_REQUEST, 0, none -> host.keyRequest());
    started.relay(HostHttp.KEY_CHALLENGE, MAX_CHALLENGE_BYTES, host::keyAttestation);
    started.relay(HostHttp.KEY_RESPONSE, MAX_RELEASE_BYTES, host::keyResponse);
    started.text("/v1/worker", host::banner);
    started.text("/metrics", host::metrics);
    started.server.start();
    return started;
  }

  /** Where it listens. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
  }

  private interface Relay {
    byte[] apply(byte[] body) throws EnclaveException;
  }

  private interface Text {
    String get();
  }

  private void relay(String path, int maxBytes, Relay relay) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
              exchange.sendResponseHeaders(405, -1);
              return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
              exchange.sendResponseHeaders(413, -1);
              return;
            }
            answer(exchange, relay, body);
          }
        });
  }

  private void answer(HttpExchange exchange, Relay relay, byte[] body) throws IOException {
    try {
      send(exchange, 200, "application/octet-stream", relay.apply(body));
    } catch (EnclaveException e) {
      exchange.getResponseHeaders().set(REASON_HEADER, e.reason().name());
      boolean refused =
          e.reason() == EnclaveException.Reason.REQUEST_REFUSED
              || e.reason() == EnclaveException.Reason.MODEL_REFUSED;
      if (!refused) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      int status = refused ? 400 : 503;
      String text = String.valueOf(e.getMessage());
      send(exchange, status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void text(String path, Text text) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            send(exchange, 200, "text/plain", text.get().getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (host.isSimulated()) {
      exchange.getResponseHeaders().set("Silenda-Worker", "SIMULATED");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
