package io.silenda.dp.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFileTest {
  private static final String LEFT =
      ".checkpoint.bin.6a1f0c9e-8d57-4f52-9f0e-0d8f3c1b2a77.silenda-partial";

  @TempDir private Path folder;

  @Test
  void whatAKilledRunLeftIsGoneAtTheNextStart() throws Exception {
    Files.write(folder.resolve(LEFT), new byte[100]);
    Files.write(folder.resolve("checkpoint.bin"), new byte[] {1});
    Files.write(folder.resolve(".other.partial"), new byte[] {2});
    OutputFolder.open(folder);
    assertThat(names()).containsExactlyInAnyOrder("checkpoint.bin", ".other.partial");
  }

  @Test
  void whatIsBeingWrittenStays() throws Exception {
    try (PartialFile partial = PartialFile.create(folder, "model.onnx")) {
      partial.write(new byte[] {1, 2});
      OutputFolder.open(folder);
      partial.write(new byte[] {3});
      partial.moveTo(folder.resolve("model.onnx"));
    }
    assertThat(folder.resolve("model.onnx")).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(names()).containsExactly("model.onnx");
  }

  /** What another process writes is told by its lock alone. */
  @Test
  void whatIsLockedStays() throws Exception {
    Path file = folder.resolve(LEFT);
    Files.createFile(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.lock();
      PartialFile.sweep(folder);
      assertThat(file).exists();
    }
    PartialFile.sweep(folder);
    assertThat(file).doesNotExist();
  }

  @Test
  void whatFailsLeavesNothing() throws IOException {
    try (PartialFile partial = PartialFile.create(folder, "a")) {
      partial.write(new byte[] {1});
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void writersAndSweepsAtOnceLoseNothing() throws Exception {
    OutputFolder output = OutputFolder.open(folder);
    Callable<Boolean> writing =
        () -> {
          for (int i = 0; i < 50; i++) {
            output.write("checkpoint.bin", new byte[] {(byte) i});
          }
          return true;
        };
    Callable<Boolean> sweeping =
        () -> {
          for (int i = 0; i < 300; i++) {
            PartialFile.sweep(folder);
          }
          return true;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Boolean> each :
          threads.invokeAll(List.of(writing, sweeping, writing, sweeping))) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(names()).containsExactly("checkpoint.bin");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
