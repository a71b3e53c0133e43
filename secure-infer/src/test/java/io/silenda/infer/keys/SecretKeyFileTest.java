package io.silenda.infer.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.infer.keys.KeyFileException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {
  private final byte[] key = new byte[1024];

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void makeKey() {
    new Random(7).nextBytes(key);
    file = folder.resolve("secret.key");
  }

  @Test
  void aPlainKeyIsForItsOwnerAlone() throws Exception {
    SecretKeyFile.write(file, key, Optional.empty());
    assertThat(SecretKeyFile.read(file, Optional::empty)).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(refusal(Optional.empty())).isEqualTo(Reason.READABLE_BY_OTHERS);
  }

  @Test
  void aPassphraseProtects() throws Exception {
    SecretKeyFile.write(file, key, Optional.of("correct horse ✓".toCharArray()));
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(Arrays.copyOf(key, 8), StandardCharsets.ISO_8859_1));
    char[] passphrase = "correct horse ✓".toCharArray();
    assertThat(SecretKeyFile.read(file, () -> Optional.of(passphrase))).isEqualTo(key);
    assertThat(passphrase).as("wiped").containsOnly('\0');
    assertThat(refusal(Optional.of("correct horse"))).isEqualTo(Reason.WRONG_PASSPHRASE);
    assertThat(refusal(Optional.empty())).isEqualTo(Reason.PASSPHRASE_NEEDED);
  }

  @Test
  void everyChangeIsRefused() throws Exception {
    SecretKeyFile.write(file, key, Optional.of("p".toCharArray()));
    byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < 12 * 8; bit++) {
      write(flipped(bytes, bit));
      if (bit != 95) { // This bit says that the key is not protected: its bytes are then no key.
        assertThat(refusal(Optional.of("p"))).as("bit %d", bit).isNotNull();
      }
    }
    // Salt, nonce, ciphertext and tag; each try costs an Argon2 run.
    for (int at : new int[] {24, 39, 40, 51, 52, bytes.length - 17, bytes.length - 1}) {
      write(flipped(bytes, 8 * at + 3));
      assertThat(refusal(Optional.of("p"))).as("byte %d", at).isEqualTo(Reason.WRONG_PASSPHRASE);
    }
    write(flipped(bytes, 12 * 8));
    assertThat(refusal(Optional.of("p"))).as("gigabytes asked for").isEqualTo(Reason.MALFORMED);
    write(flipped(bytes, 8 * 8));
    assertThat(refusal(Optional.of("p"))).isEqualTo(Reason.NEWER_VERSION);
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    assertThat(refusal(Optional.empty())).isEqualTo(Reason.UNREADABLE);
    write(new byte[5]);
    assertThat(refusal(Optional.empty())).isEqualTo(Reason.NOT_A_KEY_FILE);
    write(new byte[100]);
    assertThat(refusal(Optional.empty())).isEqualTo(Reason.NOT_A_KEY_FILE);
    write(new byte[1 << 17]);
    assertThat(refusal(Optional.empty())).isEqualTo(Reason.MALFORMED);
  }

  private void write(byte[] bytes) throws Exception {
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Reason refusal(Optional<String> passphrase) {
    KeyFileException refusal =
        catchThrowableOfType(
            KeyFileException.class,
            () -> SecretKeyFile.read(file, () -> passphrase.map(String::toCharArray)));
    assertThat(refusal).hasMessageContaining("secret.key").hasMessageNotContaining("\n");
    return refusal.reason();
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return copy;
  }
}
