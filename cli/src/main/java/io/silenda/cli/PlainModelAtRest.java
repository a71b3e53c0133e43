package io.silenda.cli;

import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.worker.RowModel;
import io.silenda.infer.enclave.worker.RuntimeModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A model in the clear, known to the host.
 *
 * @param file the ONNX file
 */
record PlainModelAtRest(Path file) implements ModelAtRest {
  /** Nothing is sealed. */
  @Override
  public void release(URI server, OwnerPolicy policy, Duration timeout) {}

  @Override
  public EnclaveClient connect(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException {
    return EnclaveClient.connect(server, policy, timeout);
  }

  @Override
  public RowModel open() throws EnclaveException {
    return RuntimeModel.open(file);
  }

  /** The file stays. */
  @Override
  public void close() {}
}
