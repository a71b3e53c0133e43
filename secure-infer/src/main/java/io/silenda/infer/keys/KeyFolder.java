package io.silenda.infer.keys;

import io.silenda.he.wire.WireFormatException;
import io.silenda.infer.Client;
import io.silenda.infer.ClientBundle;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import io.silenda.infer.keys.KeyFileException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A client's folder: {@code secret.key} for its owner alone, {@code evaluation.keys} for the
 * server, and {@code requests}, the ledger of what was asked with the key.
 */
public final class KeyFolder {
  private static final String SECRET_KEY = "secret.key";
  private static final String EVALUATION_KEYS = "evaluation.keys";
  private static final String REQUESTS = "requests";

  private final Path folder;

  /** A folder, which need not be there yet. */
  public KeyFolder(Path folder) {
    this.folder = folder;
  }

  /** File of the secret key. */
  public Path secretKey() {
    return folder.resolve(SECRET_KEY);
  }

  /** File of the evaluation keys. */
  public Path evaluationKeys() {
    return folder.resolve(EVALUATION_KEYS);
  }

  /** Requests that were made with the key. */
  public RequestLedger requests() {
    return new RequestLedger(folder.resolve(REQUESTS));
  }

  /**
   * Refuses a folder that holds keys already.
   *
   * @throws KeyFileException if it does
   */
  public void requireNoKey() throws KeyFileException {
    for (Path file : List.of(secretKey(), evaluationKeys())) {
      if (Files.exists(file)) {
        throw new KeyFileException(
            Reason.EXISTS,
            file
                + ": there is a key already, and what was encrypted with it needs it: name another"
                + " folder");
      }
    }
  }

  /**
   * Makes a key and its evaluation keys. The secret key is written last: where it is, all is.
   *
   * @throws KeyFileException if there is a secret key already
   * @throws IOException if a file cannot be written
   */
  public void create(ClientBundle bundle, Optional<char[]> passphrase)
      throws IOException, KeyFileException {
    requireNoKey();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    try (Client client = Client.create(bundle)) {
      AtomicFile.write(evaluationKeys(), Access.SHARED, client::writeEvaluationKeys);
      byte[] key = client.secretKeyBytes();
      try {
        SecretKeyFile.write(secretKey(), key, passphrase);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    }
  }

  /**
   * A client with the folder's key; the caller closes it.
   *
   * @param passphrase asked only if the key is protected
   * @throws KeyFileException if the key cannot be read, or is for another model
   */
  public Client open(ClientBundle bundle, Supplier<Optional<char[]>> passphrase)
      throws KeyFileException {
    byte[] key = SecretKeyFile.read(secretKey(), passphrase);
    try {
      return Client.open(bundle, key);
    } catch (WireFormatException e) {
      boolean otherModel =
          e.reason() == WireFormatException.Reason.OTHER_MODEL
              || e.reason() == WireFormatException.Reason.OTHER_PARAMETERS;
      throw new KeyFileException(
          otherModel ? Reason.OTHER_MODEL : Reason.MALFORMED, SECRET_KEY + ": " + e.getMessage());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
