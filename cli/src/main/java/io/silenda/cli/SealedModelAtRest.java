package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.release.KeyBroker;
import io.silenda.attest.release.ReleaseLog;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.ModelKeyRelease;
import io.silenda.infer.enclave.owner.HeaderHistory;
import io.silenda.infer.enclave.owner.ModelKeyFile;
import io.silenda.infer.enclave.worker.RowModel;
import io.silenda.infer.enclave.worker.SealedRows;
import io.silenda.infer.keys.KeyFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A sealed model: here its owner, who releases the key, and its client, who remembers the newest
 * version, are one. The worker gets the container alone.
 */
final class SealedModelAtRest implements ModelAtRest {
  private final Path file;
  private final ModelKey key;
  private final SealedHeader header;
  private final LastSeenHead seen;
  private final List<SealedHeader> earlier;
  private final Path releaseLog;

  private SealedModelAtRest(
      Path file,
      ModelKey key,
      SealedHeader header,
      LastSeenHead seen,
      List<SealedHeader> earlier,
      Path releaseLog) {
    this.file = file;
    this.key = key;
    this.header = header;
    this.seen = seen;
    this.earlier = earlier;
    this.releaseLog = releaseLog;
  }

  /** Refuses a key of another model, and an older or another model, before a worker is started. */
  static SealedModelAtRest open(Path file, SealedModelOptions options)
      throws Refusal, KeyFileException, IOException, AttestationException {
    Path keyFile = options.key();
    LastSeenHead seen = LastSeenHead.at(options.seen());
    ModelKey key = ModelKeyFile.read(keyFile, options.passphrase()::ofExisting);
    try {
      return open(file, key, seen, options.releaseLog());
    } catch (Refusal | IOException | AttestationException | RuntimeException e) {
      key.close();
      throw e;
    }
  }

  /** As above; {@code key} is closed with the result. */
  static SealedModelAtRest open(Path file, ModelKey key, LastSeenHead seen, Path releaseLog)
      throws IOException, AttestationException {
    SealedHeader header;
    try (SealedModel sealed = SealedModel.open(file, key)) {
      header = sealed.header();
    }
    List<SealedHeader> earlier =
        new ArrayList<>(new HeaderHistory(file.resolveSibling("model.headers")).read());
    earlier.removeIf(each -> each.modelVersion() >= header.modelVersion());
    List<SealedHeader> all = new ArrayList<>(earlier);
    all.add(header);
    seen.accept(all);
    return new SealedModelAtRest(file, key, header, seen, earlier, releaseLog);
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public void release(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException, IOException, AttestationException {
    try (ReleaseLog log = ReleaseLog.open(releaseLog);
        KeyBroker broker = new KeyBroker(log, Clock.systemUTC())) {
      ModelKeyRelease.hold(broker, key, header.head(), policy);
      ModelKeyRelease.run(server, broker, timeout);
    }
  }

  @Override
  public EnclaveClient connect(URI server, OwnerPolicy policy, Duration timeout)
      throws EnclaveException, IOException {
    return EnclaveClient.connectToSealed(server, policy, seen, earlier, timeout);
  }

  @Override
  public RowModel open() throws EnclaveException {
    return SealedRows.open(file, key, OptionalLong.empty());
  }

  @Override
  public void close() {
    key.close();
  }
}
