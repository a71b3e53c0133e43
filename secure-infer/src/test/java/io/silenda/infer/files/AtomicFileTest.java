package io.silenda.infer.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.files.AtomicFile.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void replacesAFileWhole() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "old");
    AtomicFile.write(
        file, Access.SHARED, out -> out.write("new".getBytes(StandardCharsets.US_ASCII)));
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("f");
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    Access.SHARED,
                    out -> {
                      out.write(new byte[1 << 17]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("f");
  }

  @Test
  void ownersFilesAreTheOwnersFromTheFirstByte() throws Exception {
    Path file = folder.resolve("secret");
    AtomicFile.write(
        file,
        Access.OWNER_ONLY,
        out -> {
          out.write(1);
          out.flush();
          Path partial = folder.resolve(names().get(0));
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(partial)))
              .isEqualTo("rw-------");
        });
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void refusalsNameTheFileThatWasAskedFor() throws Exception {
    Path nowhere = folder.resolve("missing/f");
    assertThatThrownBy(() -> AtomicFile.write(nowhere, Access.SHARED, out -> out.write(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": cannot be written: there is no such folder");
    Path full = Path.of("/dev/full");
    if (Files.exists(full)) {
      assertThatThrownBy(() -> AtomicFile.write(full, Access.SHARED, out -> out.write(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("/dev/full: not a regular file, so it is not replaced");
    }
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, Access.SHARED, out -> out.write('n'));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("n");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
