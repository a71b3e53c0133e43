package io.silenda.attest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
  @Test
  void onlyRegularFilesOfABoundedSizeAreRead(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("quote.bin"), new byte[] {1, 2});
    assertThat(BoundedFile.read(file)).containsExactly(1, 2);
    try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
      grown.setLength((16L << 20) + 1);
    }
    assertThatThrownBy(() -> BoundedFile.read(file)).hasMessageContaining("larger than");
    assertThatThrownBy(() -> BoundedFile.read(folder)).hasMessageContaining("no regular file");
    assertThatThrownBy(() -> BoundedFile.read(folder.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
