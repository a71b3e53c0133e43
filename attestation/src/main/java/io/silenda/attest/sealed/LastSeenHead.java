package io.silenda.attest.sealed;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A client's memory of the newest head of one model, in a file of its own: an older container, or
 * another one of the same version, is refused. Newer ones are accepted only if headers lead from
 * the last head to them without a gap. Headers are checked here by their digests alone, so that a
 * client without a key can: the newest must come from an opened {@link SealedModel} or from an
 * attested worker that opened it, as anybody can make up a header that follows the last.
 *
 * <p>The file must be out of the reach of whoever could roll back the model: this is the one thing
 * that the client has to remember. Several processes may share it. Thread-safe.
 */
public final class LastSeenHead {
  private static final byte[] MAGIC = "SILHEAD\1".getBytes(StandardCharsets.US_ASCII);
  private static final int BODY_BYTES = MAGIC.length + Long.BYTES + ModelHead.DIGEST_BYTES;
  private static final int FILE_BYTES = BODY_BYTES + ModelHead.DIGEST_BYTES;

  private final Path file;

  private LastSeenHead(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** The memory in {@code file}, which need not exist yet. */
  public static LastSeenHead at(Path file) {
    return new LastSeenHead(file);
  }

  /**
   * The newest head, if one was ever remembered.
   *
   * @throws AttestationException if the file was altered
   */
  public Optional<ModelHead> current() throws IOException, AttestationException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(parse(read()))
        : Optional.empty();
  }

  /**
   * Remembers a first head, which the caller has from the model's owner.
   *
   * @throws AttestationException if there is one already
   */
  public synchronized void enroll(ModelHead head) throws IOException, AttestationException {
    underLock(
        () -> {
          Optional<ModelHead> known = current();
          if (known.isPresent() && !known.get().equals(head)) {
            throw refusal(Reason.MODEL_SWAPPED, "head " + head, "head " + known.get());
          }
          write(head);
        });
  }

  /**
   * Accepts the last of {@code headers} and remembers it, on the disk before this returns.
   *
   * @param headers oldest first; the last one is the container's, the others are of versions that
   *     this client has not seen
   * @return the head that is remembered now
   * @throws AttestationException with {@link Reason#MODEL_HEAD_UNKNOWN} if nothing was enrolled,
   *     {@link Reason#MODEL_ROLLED_BACK} if the container is older than the last one seen, {@link
   *     Reason#MODEL_SWAPPED} if it does not continue it
   */
  public synchronized ModelHead accept(List<SealedHeader> headers)
      throws IOException, AttestationException {
    if (headers.isEmpty()) {
      throw new IllegalArgumentException("headers is empty, must hold the container's own");
    }
    ModelHead newest = headers.get(headers.size() - 1).head();
    underLock(
        () -> {
          ModelHead known =
              current()
                  .orElseThrow(
                      () -> refusal(Reason.MODEL_HEAD_UNKNOWN, "no head", "a head to start from"));
          requireContinuation(known, newest, headers);
          write(newest);
        });
    return newest;
  }

  private static void requireContinuation(
      ModelHead known, ModelHead newest, List<SealedHeader> headers) throws AttestationException {
    if (newest.modelVersion() < known.modelVersion()) {
      throw refusal(
          Reason.MODEL_ROLLED_BACK,
          "version " + newest.modelVersion(),
          "at least " + known.modelVersion());
    }
    ModelHead reached = known;
    for (SealedHeader header : headers) {
      if (header.modelVersion() > known.modelVersion()) {
        if (!header.follows(reached)) {
          throw refusal(
              Reason.MODEL_SWAPPED,
              "version " + header.modelVersion() + " after another head",
              "one that follows " + reached);
        }
        reached = header.head();
      }
    }
    if (!reached.equals(newest)) {
      throw refusal(Reason.MODEL_SWAPPED, "head " + newest, "head " + reached);
    }
  }

  /** Between processes; threads of this one are kept apart by the monitor. */
  private void underLock(Update update) throws IOException, AttestationException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    synchronized (LastSeenHead.class) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        update.run();
        lock.release();
      }
    }
  }

  private byte[] read() throws IOException, AttestationException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.allocate(FILE_BYTES + 1);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  private static ModelHead parse(byte[] bytes) throws AttestationException {
    if (bytes.length != FILE_BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || !Arrays.equals(checksum(bytes), Arrays.copyOfRange(bytes, BODY_BYTES, FILE_BYTES))) {
      throw refusal(Reason.STORE_CORRUPT, "a damaged file", "the file as it was written");
    }
    long version = ByteBuffer.wrap(bytes).getLong(MAGIC.length);
    int digestFrom = MAGIC.length + Long.BYTES;
    return new ModelHead(version, Arrays.copyOfRange(bytes, digestFrom, BODY_BYTES));
  }

  private static byte[] checksum(byte[] bytes) {
    return Digests.SHA_256.hash(Arrays.copyOf(bytes, BODY_BYTES));
  }

  private void write(ModelHead head) throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(FILE_BYTES)
            .put(MAGIC)
            .putLong(head.modelVersion())
            .put(head.digest())
            .array();
    System.arraycopy(checksum(bytes), 0, bytes, BODY_BYTES, ModelHead.DIGEST_BYTES);
    Path aside =
        Files.createTempFile(
            file.getParent(),
            "head",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static AttestationException refusal(Reason reason, String seen, String wanted) {
    return new AttestationException(reason, "last-seen-head", seen, wanted);
  }

  @FunctionalInterface
  private interface Update {
    void run() throws IOException, AttestationException;
  }
}
