package io.silenda.he.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.he.NativeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryLoaderTest {
  private static final NativePlatform LINUX = new NativePlatform("linux", "x86_64", "glibc");
  private static final String VERSION = "1.2.3+0123456789abcdef";
  private static final String FOLDER = "META-INF/native/linux-x86_64/";

  @TempDir private Path directory;
  private final Map<String, String> resources = new HashMap<>();
  private final List<Path> loaded = new ArrayList<>();
  private NativePlatform platform = LINUX;
  private Optional<Path> override = Optional.empty();
  private String loadedVersion = VERSION;
  private Optional<UnsatisfiedLinkError> linkError = Optional.empty();

  private NativeLibraryLoader loader() {
    return new NativeLibraryLoader(
        platform,
        override,
        VERSION,
        name ->
            resources.containsKey(name)
                ? new ByteArrayInputStream(resources.get(name).getBytes(StandardCharsets.UTF_8))
                : null,
        this::systemLoad,
        () -> loadedVersion);
  }

  private void systemLoad(Path path) {
    loaded.add(path);
    linkError.ifPresent(
        error -> {
          throw error;
        });
    try {
      assertThat(Files.readString(path)).isEqualTo("library");
      if (override.isEmpty()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
            .isEqualTo("rwx------");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void provideResources(String version) {
    resources.put(FOLDER + "libsilenda_he.so", "library");
    resources.put(FOLDER + "silenda-he.version", version);
  }

  private String failureMessage() {
    try {
      loader().load();
    } catch (NativeException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("the loader did not refuse");
  }

  @Test
  void extractsToAnOwnerOnlyFolderAndDeletesIt() {
    provideResources(VERSION + "\n");
    loader().load();
    assertThat(loaded).hasSize(1);
    assertThat(loaded.get(0)).doesNotExist();
    assertThat(loaded.get(0).getParent()).doesNotExist();
  }

  @Test
  void refusesAJarOfAnotherVersionBeforeLoadingIt() {
    provideResources("1.2.2+0123456789abcdef");
    assertThat(failureMessage())
        .contains("io.silenda:silenda-native:1.2.3:linux-x86_64 has version 1.2.2+0123456789abcdef")
        .contains("these classes need " + VERSION);
    assertThat(loaded).isEmpty();
  }

  @Test
  void refusesALibraryOfAnotherVersion() {
    provideResources(VERSION);
    loadedVersion = "1.2.3+ffffffffffffffff";
    assertThat(failureMessage()).contains("the loaded library has version 1.2.3+ffffffffffffffff");
  }

  @Test
  void namesTheArtifactThatIsMissing() {
    assertThat(failureMessage())
        .contains("OS linux, architecture x86_64, C library glibc")
        .contains("io.silenda:silenda-native:1.2.3:linux-x86_64");
  }

  @Test
  void namesAnUnknownArchitecture() {
    platform = new NativePlatform("linux", "riscv64", "glibc");
    provideResources(VERSION);
    assertThat(failureMessage())
        .contains("architecture riscv64")
        .contains("it is made for linux-x86_64");
  }

  @Test
  void saysThatMuslWillNotDo() {
    platform = new NativePlatform("linux", "x86_64", "musl");
    provideResources(VERSION);
    assertThat(failureMessage()).contains("C library musl").contains("needs glibc");
    assertThat(loaded).isEmpty();
  }

  @Test
  void keepsTheLinkersErrorAsCauseAndCleansUp() {
    provideResources(VERSION);
    UnsatisfiedLinkError error = new UnsatisfiedLinkError("failed to map segment");
    linkError = Optional.of(error);
    assertThatThrownBy(() -> loader().load())
        .isInstanceOf(NativeException.class)
        .hasCause(error)
        .hasMessageContaining("failed to map segment")
        .hasMessageContaining("-Dsilenda.native.path");
    assertThat(loaded.get(0).getParent()).doesNotExist();
  }

  @Test
  void loadsFromTheOverrideDirectoryInPlace() throws IOException {
    override = Optional.of(directory);
    Files.writeString(directory.resolve("libsilenda_he.so"), "library");
    loader().load();
    assertThat(loaded).containsExactly(directory.resolve("libsilenda_he.so").toAbsolutePath());
    assertThat(loaded.get(0)).exists();
  }

  @Test
  void refusesAnOverrideDirectoryWithoutAReadableLibrary() throws IOException {
    override = Optional.of(directory);
    provideResources(VERSION);
    assertThat(failureMessage())
        .contains("-Dsilenda.native.path is set, but " + directory)
        .contains("not a readable file");
    Files.createDirectory(directory.resolve("libsilenda_he.so"));
    assertThat(failureMessage()).contains("not a readable file");
  }

  @Test
  void refusesAnOverrideDirectoryOfAnotherVersion() throws IOException {
    override = Optional.of(directory);
    Files.writeString(directory.resolve("libsilenda_he.so"), "library");
    Files.writeString(directory.resolve("silenda-he.version"), "0.9+x");
    assertThat(failureMessage()).contains("silenda-he.version has version 0.9+x");
    assertThat(loaded).isEmpty();
  }

  @Test
  void theRealLoaderFindsTheBuiltLibrary() {
    NativeLibraryLoader.forThisJvm().load();
  }
}
