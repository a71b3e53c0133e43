package io.silenda.he.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,linux-x86_64",
    "Linux,x86_64,linux-x86_64",
    "Linux,aarch64,linux-aarch64",
    "Mac OS X,aarch64,macos-aarch64",
    "Windows 11,amd64,windows-x86_64"
  })
  void namesThePlatform(String os, String arch, String classifier) {
    NativePlatform platform =
        new NativePlatform(
            NativePlatform.normalizeOs(os), NativePlatform.normalizeArch(arch), "glibc");
    assertThat(platform.classifier()).isEqualTo(classifier);
  }

  @Test
  void recognizesMuslByWhatIsMapped() throws IOException {
    Path maps = folder.resolve("maps");
    Files.writeString(maps, "7f00 r-xp 00000000 00:01 1 /lib/ld-musl-x86_64.so.1\n");
    assertThat(NativePlatform.linuxLibc(maps)).isEqualTo("musl");
    Files.writeString(maps, "7f00 r-xp 00000000 00:01 1 /lib/x86_64-linux-gnu/libc.so.6\n");
    assertThat(NativePlatform.linuxLibc(maps)).isEqualTo("glibc");
    assertThat(NativePlatform.linuxLibc(folder.resolve("absent"))).isEqualTo("glibc");
  }
}
