package io.silenda.infer.enclave.owner;

import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.infer.files.AtomicFile;
import io.silenda.infer.files.AtomicFile.Access;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Headers of all versions of a sealed model, one behind the other, oldest first: public, for
 * clients that missed versions. It proves nothing by itself; {@link
 * io.silenda.attest.sealed.LastSeenHead} follows its digests.
 */
public final class HeaderHistory {
  private static final int MAX_HEADERS = 1 << 14;

  private final Path file;

  /** The history in {@code file}, which need not exist yet. */
  public HeaderHistory(Path file) {
    this.file = file;
  }

  /**
   * All headers; none where there is no file.
   *
   * @throws AttestationException if it holds anything else
   * @throws IOException if it cannot be read, or has more than 16384 headers
   */
  public List<SealedHeader> read() throws IOException, AttestationException {
    List<SealedHeader> headers = new ArrayList<>();
    if (!Files.exists(file)) {
      return headers;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_HEADERS * SealedHeader.SIZE_BYTES + 1);
      if (bytes.length > MAX_HEADERS * SealedHeader.SIZE_BYTES) {
        throw new IOException(file + ": more than " + MAX_HEADERS + " headers");
      }
      for (int from = 0; from < bytes.length; from += SealedHeader.SIZE_BYTES) {
        int to = Math.min(bytes.length, from + SealedHeader.SIZE_BYTES);
        headers.add(SealedHeader.parse(Arrays.copyOfRange(bytes, from, to)));
      }
    }
    return headers;
  }

  /** Adds the newest header. */
  void add(SealedHeader newest) throws IOException, AttestationException {
    List<SealedHeader> headers = read();
    headers.add(newest);
    AtomicFile.write(
        file,
        Access.SHARED,
        out -> {
          for (SealedHeader header : headers) {
            out.write(header.encode());
          }
        });
  }
}
