package io.silenda.dp.ledger;

import io.silenda.dp.ledger.LedgerException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ledger's file. Everything happens under an exclusive lock, which the operating system drops
 * when its process dies, and within this process under a lock per file.
 */
final class LedgerFile {
  private static final long LARGEST = 1L << 30;
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private final Path path;
  private final ReentrantLock lock;

  LedgerFile(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    this.path =
        parent == null ? path.toAbsolutePath() : parent.toRealPath().resolve(path.getFileName());
    lock = LOCKS.computeIfAbsent(this.path, each -> new ReentrantLock());
  }

  /** Work on a locked, verified chain. */
  interface Work<T> {
    T run(Session session) throws IOException, LedgerException;
  }

  <T> T locked(Work<T> work) throws IOException, LedgerException {
    lock.lock();
    try {
      boolean created = create();
      try (FileChannel channel =
              FileChannel.open(
                  path,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS);
          FileLock held = channel.lock()) {
        // Who made the file may have died before its folder was on the disk.
        if (created || channel.size() == 0) {
          syncFolder();
        }
        if (!held.isValid()) {
          throw new IOException(path + ": the lock was lost");
        }
        return work.run(new Session(channel));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Two processes may race here: both then find the same file. */
  private boolean create() throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.force(true);
    }
    return true;
  }

  private void syncFolder() throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /** A verified chain while the lock is held. */
  final class Session {
    private final FileChannel channel;
    private final LedgerChain chain = new LedgerChain();
    private long end;
    private boolean unended;

    private Session(FileChannel channel) throws IOException, LedgerException {
      this.channel = channel;
      long size = channel.size();
      if (size > LARGEST) {
        throw new LedgerException(Reason.CORRUPT, path + ": larger than a ledger can be");
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
        // Reads on.
      }
      byte[] bytes = content.array();
      end = LedgerChain.wholeLines(bytes);
      chain.accept(Arrays.copyOf(bytes, (int) end));
      unended = chain.acceptUnended(Arrays.copyOfRange(bytes, (int) end, bytes.length));
      end = unended ? bytes.length : end;
    }

    List<List<String>> lines() {
      return chain.lines();
    }

    LedgerException corrupt(String what) {
      return chain.corrupt(what);
    }

    /** Returns when the line is on the disk. */
    void append(List<String> fields) throws IOException, LedgerException {
      byte[] line = chain.next(fields);
      if (end + line.length >= LARGEST) {
        throw new LedgerException(Reason.NOT_ACCOUNTABLE, path + ": the ledger is full");
      }
      // A torn line of a writer that died was never acknowledged: it goes.
      channel.truncate(end);
      ByteBuffer rest = ByteBuffer.allocate(line.length + 1);
      if (unended) {
        rest.put((byte) '\n');
      }
      rest.put(line).flip();
      long position = end;
      while (rest.hasRemaining()) {
        position += channel.write(rest, position);
      }
      channel.force(true);
      end = position;
      unended = false;
      chain.accept(line);
    }
  }
}
