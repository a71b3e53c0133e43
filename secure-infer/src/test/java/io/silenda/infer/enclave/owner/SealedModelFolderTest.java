package io.silenda.infer.enclave.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.infer.keys.KeyFileException;
import io.silenda.infer.keys.SecretKeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedModelFolderTest {
  @TempDir Path parent;

  private Path model;
  private SealedModelFolder folder;

  @BeforeEach
  void writeModel() throws Exception {
    model = Files.write(parent.resolve("model.onnx"), new byte[40_000]);
    folder = new SealedModelFolder(parent.resolve("sealed"));
  }

  private ModelKey key() throws KeyFileException {
    return folder.readKey(Optional::empty);
  }

  private SealedHeader seal(ModelKey key) throws Exception {
    return folder.seal(model, key, OptionalLong.empty());
  }

  @Test
  void versionsFollowEachOtherAndClientsCatchUp() throws Exception {
    folder.createKey(Optional.empty());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.key())))
        .isEqualTo("rw-------");
    LastSeenHead client = LastSeenHead.at(parent.resolve("client"));
    try (ModelKey key = key()) {
      client.enroll(seal(key).head());
      seal(key);
      SealedHeader third = seal(key);
      assertThat(third.modelVersion()).isEqualTo(3);
      assertThat(LastSeenHead.at(folder.head()).current()).contains(third.head());
      assertThatThrownBy(() -> client.accept(List.of(third)))
          .isInstanceOf(AttestationException.class);
      List<SealedHeader> all = new HeaderHistory(folder.headers()).read();
      assertThat(all).hasSize(3);
      assertThat(client.accept(all)).isEqualTo(third.head());
      try (SealedModel sealed = SealedModel.open(folder.container(), key)) {
        assertThat(sealed.readAll()).isEqualTo(Files.readAllBytes(model));
      }
    }
  }

  /** A crash between container and head: the container may have been given away. */
  @Test
  void aVersionWhoseHeadWasNotWrittenDownIsFollowedAllTheSame() throws Exception {
    folder.createKey(Optional.empty());
    try (ModelKey key = key()) {
      seal(key);
      byte[] head = Files.readAllBytes(folder.head());
      byte[] headers = Files.readAllBytes(folder.headers());
      SealedHeader second = seal(key);
      Files.write(folder.head(), head);
      Files.write(folder.headers(), headers);
      SealedHeader third = seal(key);
      assertThat(third.follows(second.head())).isTrue();
      assertThat(new HeaderHistory(folder.headers()).read()).hasSize(3);
    }
  }

  @Test
  void aContainerThatWasRolledBackStopsTheNextSealing() throws Exception {
    folder.createKey(Optional.empty());
    try (ModelKey key = key()) {
      seal(key);
      byte[] first = Files.readAllBytes(folder.container());
      seal(key);
      Files.write(folder.container(), first);
      assertThatThrownBy(() -> seal(key))
          .isInstanceOfSatisfying(
              AttestationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.MODEL_ROLLED_BACK));
    }
  }

  @Test
  void aKeyIsMadeOnceAndGuarded() throws Exception {
    char[] passphrase = {'p', 'w'};
    folder.createKey(Optional.of(passphrase));
    assertThatThrownBy(() -> folder.createKey(Optional.empty()))
        .isInstanceOfSatisfying(
            KeyFileException.class,
            e -> assertThat(e.reason()).isEqualTo(KeyFileException.Reason.EXISTS));
    assertThatThrownBy(this::key)
        .isInstanceOfSatisfying(
            KeyFileException.class,
            e -> assertThat(e.reason()).isEqualTo(KeyFileException.Reason.PASSPHRASE_NEEDED));
    assertThatThrownBy(() -> folder.readKey(() -> Optional.of(new char[] {'x'})))
        .isInstanceOfSatisfying(
            KeyFileException.class,
            e -> assertThat(e.reason()).isEqualTo(KeyFileException.Reason.WRONG_PASSPHRASE));
    try (ModelKey key = folder.readKey(() -> Optional.of(passphrase.clone()))) {
      assertThat(key.copySecret()).hasSize(ModelKey.SIZE_BYTES);
    }
  }

  @Test
  void aKeyOfAnotherKindIsNoModelKey() throws Exception {
    Path file = parent.resolve("secret.key");
    SecretKeyFile.write(file, new byte[40], Optional.empty());
    assertThatThrownBy(() -> ModelKeyFile.read(file, Optional::empty))
        .isInstanceOfSatisfying(
            KeyFileException.class,
            e -> assertThat(e.reason()).isEqualTo(KeyFileException.Reason.NOT_A_KEY_FILE));
  }

  @Test
  void aDamagedHistoryIsRefused() throws Exception {
    folder.createKey(Optional.empty());
    try (ModelKey key = key()) {
      seal(key);
    }
    byte[] headers = Files.readAllBytes(folder.headers());
    for (int size : new int[] {1, headers.length - 1}) {
      Files.write(folder.headers(), Arrays.copyOf(headers, size));
      assertThatThrownBy(() -> new HeaderHistory(folder.headers()).read())
          .isInstanceOf(AttestationException.class);
    }
    assertThat(LastSeenHead.at(folder.head()).current().orElseThrow()).isNotEqualTo(ModelHead.NONE);
  }
}
