package io.silenda.attest.provider.tsm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The kernel's own tree. */
record ConfigfsFiles(Path root) implements TsmFiles {
  @Override
  public void create(String entry) throws IOException {
    Files.createDirectory(root.resolve(entry));
  }

  @Override
  public void remove(String entry) throws IOException {
    Files.delete(root.resolve(entry));
  }

  @Override
  public boolean has(String entry, String attribute) {
    return Files.exists(root.resolve(entry).resolve(attribute));
  }

  @Override
  public void write(String entry, String attribute, byte[] value) throws IOException {
    Path file = root.resolve(entry).resolve(attribute);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      int written = channel.write(ByteBuffer.wrap(value));
      if (written != value.length) {
        throw new IOException(attribute + ": " + written + " of " + value.length + " bytes taken");
      }
    }
  }

  @Override
  public byte[] read(String entry, String attribute, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve(entry).resolve(attribute))) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException(attribute + ": more than " + limit + " bytes");
      }
      return bytes;
    }
  }
}
