package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.worker.RowModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The file that a worker is started with, and what it takes to open and to trust it. */
interface ModelAtRest extends AutoCloseable {
  /** What is copied and measured. */
  Path file();

  /** Has the worker at {@code server} open the model, if its evidence satisfies the policy. */
  void release(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException, IOException, AttestationException;

  /** A session with that worker; whoever connects closes it. */
  EnclaveClient connect(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException, IOException;

  /** The same model in this process: the baseline. Whoever opens it closes it. */
  RowModel open() throws EnclaveException;

  @Override
  void close();
}
