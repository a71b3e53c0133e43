package io.silenda.infer.enclave.owner;

import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.attest.sealed.SealedModelWriter;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.enclave.paging.PagedModelWriter;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.keys.KeyFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A model owner's folder: {@code model.sealed}, the container of the newest version, for whoever
 * runs workers; {@code model.headers}, public; {@code model.head}, which a client starts from; and
 * {@code model.key} (mode 0600), which stays. Sealing again makes the next version under the same
 * key. One process at a time; not thread-safe.
 */
public final class SealedModelFolder {
  private final Path folder;

  /** A folder, which need not be there yet. */
  public SealedModelFolder(Path folder) {
    this.folder = folder;
  }

  /** The container. */
  public Path container() {
    return folder.resolve("model.sealed");
  }

  /** The key's file. */
  public Path key() {
    return folder.resolve("model.key");
  }

  /** The newest head, for clients to start from: a {@link LastSeenHead}. */
  public Path head() {
    return folder.resolve("model.head");
  }

  /** Headers of all versions. */
  public Path headers() {
    return folder.resolve("model.headers");
  }

  /** Whether there is a key, whose passphrase sealing will need. */
  public boolean hasKey() {
    return Files.exists(key());
  }

  /**
   * Makes the key of a new model. It is there before anything is sealed under it.
   *
   * @throws KeyFileException if there is one
   * @throws AttestationException if there is the head of another model
   */
  public void createKey(Optional<char[]> passphrase)
      throws IOException, KeyFileException, AttestationException {
    if (hasKey() || Files.exists(container())) {
      throw new KeyFileException(
          KeyFileException.Reason.EXISTS, folder + ": there is a sealed model already");
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    LastSeenHead.at(head()).enroll(ModelHead.NONE);
    try (ModelKey key = ModelKey.generate()) {
      ModelKeyFile.write(key(), key, passphrase);
    }
  }

  /**
   * The model's key; the caller closes it.
   *
   * @param passphrase asked only if the key is protected
   */
  public ModelKey readKey(Supplier<Optional<char[]>> passphrase) throws KeyFileException {
    return ModelKeyFile.read(key(), passphrase);
  }

  /**
   * Seals the next version in the place of the last.
   *
   * @param key of {@link #readKey}
   * @param pageBytes most bytes of weights a page, for workers with less memory than the model
   *     needs; nothing seals the file as it is
   * @return the header of the new container
   * @throws AttestationException if head and container do not fit together
   * @throws PrivateInferenceException if the model cannot be paged so
   */
  public SealedHeader seal(Path model, ModelKey key, OptionalLong pageBytes)
      throws IOException, AttestationException, OnnxImportException, PrivateInferenceException {
    finishLastTime(key);
    LastSeenHead newest = LastSeenHead.at(head());
    ModelHead previous = newest.current().orElse(ModelHead.NONE);
    SealedHeader header =
        pageBytes.isPresent()
            ? PagedModelWriter.seal(model, container(), key, previous, pageBytes.getAsLong())
            : SealedModelWriter.seal(model, container(), key, previous);
    record(newest, header);
    return header;
  }

  /** A container that was finished before its head was written down is a version all the same. */
  private void finishLastTime(ModelKey key) throws IOException, AttestationException {
    if (!Files.exists(container())) {
      return;
    }
    LastSeenHead newest = LastSeenHead.at(head());
    try (SealedModel sealed = SealedModel.open(container(), key)) {
      if (!newest.current().equals(Optional.of(sealed.header().head()))) {
        record(newest, sealed.header());
      }
    }
  }

  private void record(LastSeenHead newest, SealedHeader header)
      throws IOException, AttestationException {
    HeaderHistory history = new HeaderHistory(headers());
    if (history.read().stream().noneMatch(each -> each.head().equals(header.head()))) {
      history.add(header);
    }
    newest.accept(List.of(header));
  }
}
