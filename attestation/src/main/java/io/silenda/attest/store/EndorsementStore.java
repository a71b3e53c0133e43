package io.silenda.attest.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * A cache of endorsements in a folder. Contents are files named by their SHA-256 and are hashed
 * again whenever they are read; names point to contents and expire. Several processes may share a
 * folder: files are written aside and moved into place.
 */
public final class EndorsementStore {
  private final Path contents;
  private final Path names;
  private final EndorsementSource source;

  /** A store in {@code folder}, which is made if it is missing; never fetches. */
  public EndorsementStore(Path folder) throws IOException {
    this(folder, EndorsementSource.OFFLINE);
  }

  /** A store in {@code folder} that asks {@code source} for what it lacks. */
  public EndorsementStore(Path folder, EndorsementSource source) throws IOException {
    this.contents = Files.createDirectories(folder.resolve("contents"));
    this.names = Files.createDirectories(folder.resolve("names"));
    this.source = source;
  }

  /** Stores {@code content} under {@code name} until {@code expires}; its SHA-256, hex. */
  public String put(String name, byte[] content, Instant expires) throws IOException {
    String digest = sha256(content);
    write(contents.resolve(digest), content);
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name)
            .put("sha256", digest)
            .put("expires", expires.toString())
            .toString();
    write(pointer(name), json.getBytes(StandardCharsets.UTF_8));
    return digest;
  }

  /** As {@link #put}, from a file. */
  public String putFile(String name, Path file, Instant expires) throws IOException {
    return put(name, Files.readAllBytes(file), expires);
  }

  /**
   * The content of that name, unless it is missing or has expired at {@code now}.
   *
   * @throws AttestationException where a file of the store was changed
   */
  public Optional<byte[]> get(String name, Instant now) throws IOException, AttestationException {
    Path pointer = pointer(name);
    if (!Files.exists(pointer)) {
      return Optional.empty();
    }
    JsonObject json = StrictJson.parseObject("store " + name, Files.readAllBytes(pointer));
    require(json.text("name").equals(name), "a pointer of another name");
    if (!now.isBefore(json.instant("expires"))) {
      return Optional.empty();
    }
    String digest = HexFormat.of().formatHex(json.hex("sha256", 32));
    Path file = contents.resolve(digest);
    require(Files.exists(file), "a name without content");
    byte[] content = Files.readAllBytes(file);
    require(sha256(content).equals(digest), "content that does not have its digest");
    return Optional.of(content);
  }

  /** As {@link #get}; what is missing is fetched and kept for {@code validity}. */
  public Optional<byte[]> getOrFetch(String name, Instant now, Duration validity)
      throws IOException, AttestationException {
    Optional<byte[]> held = get(name, now);
    if (held.isPresent()) {
      return held;
    }
    Optional<byte[]> fetched = source.fetch(name);
    if (fetched.isPresent()) {
      put(name, fetched.get(), now.plus(validity));
    }
    return fetched;
  }

  private Path pointer(String name) {
    return names.resolve(sha256(name.getBytes(StandardCharsets.UTF_8)) + ".json");
  }

  private static void write(Path target, byte[] bytes) throws IOException {
    Path aside = Files.createTempFile(target.getParent(), "new", ".part");
    try {
      Files.write(aside, bytes);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static void require(boolean holds, String seen) throws AttestationException {
    if (!holds) {
      throw new AttestationException(
          Reason.STORE_CORRUPT, "endorsement-store", seen, "files as they were written");
    }
  }

  private static String sha256(byte[] bytes) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return HexFormat.of().formatHex(hash);
  }
}
