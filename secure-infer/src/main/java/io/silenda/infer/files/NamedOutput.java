package io.silenda.infer.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Names the file in what goes wrong with writing it, and with nothing else. */
final class NamedOutput extends FilterOutputStream {
  private final Path file;

  NamedOutput(OutputStream out, Path file) {
    super(out);
    this.file = file;
  }

  @Override
  public void write(int value) throws IOException {
    try {
      out.write(value);
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw named(e);
    }
  }

  private IOException named(IOException failure) {
    return new IOException(file + ": cannot be written: " + failure.getMessage(), failure);
  }
}
