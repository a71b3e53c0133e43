package io.silenda.bench.backend;

import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.PrivateModel;
import java.util.OptionalInt;

/**
 * Homomorphic encryption: client and server in one process that hand each other the bytes that they
 * would send.
 *
 * @param threads of the server
 * @param batch rows a ciphertext; empty for as many as cost nothing
 */
public record EncryptedBackend(int threads, OptionalInt batch) implements Backend {

  /** One row a ciphertext, for the shortest wait. */
  public static EncryptedBackend ofThreads(int threads) {
    return new EncryptedBackend(threads, OptionalInt.of(1));
  }

  @Override
  public String name() {
    return "he-" + threads;
  }

  @Override
  public Session open(Subject subject) throws Exception {
    PrivateModel model = subject.readModel();
    CompileOptions options = CompileOptions.automatic();
    CompiledModel compiled =
        model.compile(batch.isPresent() ? options.withBatch(batch.getAsInt()) : options);
    return EncryptedSession.open(model, compiled, threads);
  }
}
