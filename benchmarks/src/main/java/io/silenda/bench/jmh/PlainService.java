package io.silenda.bench.jmh;

import com.sun.net.httpserver.HttpServer;
import io.silenda.bench.measure.Resources;
import io.silenda.bench.worker.JavaCommand;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.TensorContent;
import io.silenda.infer.enclave.pipe.Message;
import io.silenda.infer.enclave.pipe.MessagePipe;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/**
 * ONNX Runtime over the transport of the enclave, loopback HTTP to a relay and pipes to a worker
 * process, with nothing sealed and nobody attested.
 */
final class PlainService implements AutoCloseable {
  private final Resources resources = new Resources();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;

  PlainService(Path model) throws IOException {
    ProcessBuilder worker = new ProcessBuilder(JavaCommand.of(PlainWorkerMain.class, "-Xmx512m"));
    worker.command().add(model.toString());
    Process process = worker.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    resources.own(process::destroy);
    MessagePipe pipe = new MessagePipe(process.getInputStream(), process.getOutputStream());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    resources.own(() -> server.stop(0));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            pipe.write(Message.Kind.SEALED, exchange.getRequestBody().readAllBytes());
            byte[] answer = pipe.read().body();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    this.uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  Tensor infer(Tensor rows) throws IOException, InterruptedException, EnclaveException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .POST(HttpRequest.BodyPublishers.ofByteArray(TensorContent.encode(rows)))
            .build();
    return TensorContent.decode(http.send(request, BodyHandlers.ofByteArray()).body());
  }

  @Override
  public void close() {
    resources.close();
  }
}
