package io.silenda.attest.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.silenda.attest.Reason;
import io.silenda.attest.channel.ChannelFixture;
import io.silenda.attest.receipt.ReceiptSigner;
import io.silenda.attest.synthetic.RefusedBy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log of releases holds, and what it refuses to hold. */
class ReleaseLogTest {
  @TempDir Path folder;
  private final ChannelFixture fixture = new ChannelFixture();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("releases");
  }

  private Release release(int number) {
    return new Release(
        fixture.clock.instant().plusSeconds(number),
        "key-" + number,
        ChannelFixture.digest("worker"),
        new byte[64],
        ChannelFixture.digest("evidence " + number),
        ChannelFixture.digest("policy"),
        number % 2 == 0);
  }

  private void fill(int releases) throws Exception {
    try (ReleaseLog log = ReleaseLog.open(file)) {
      for (int i = 0; i < releases; i++) {
        log.append(release(i));
      }
    }
  }

  @Test
  void whatIsAppendedIsReadAndGoesOn() throws Exception {
    fill(3);
    try (ReleaseLog log = ReleaseLog.open(file)) {
      assertThat(log.size()).isEqualTo(3);
      log.append(release(3));
    }
    assertThat(ReleaseLog.read(file))
        .containsExactly(release(0), release(1), release(2), release(3));
  }

  @Test
  void everyFlippedBitIsFound() throws Exception {
    fill(3);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length - 1; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << i % 7);
      Files.write(file, flipped);
      RefusedBy.refusal(() -> ReleaseLog.read(file));
    }
  }

  @Test
  void linesTakenOutOrSwappedAreFound() throws Exception {
    fill(3);
    List<String> lines = Files.readAllLines(file);
    for (List<String> other :
        List.of(
            List.of(lines.get(0), lines.get(2)),
            List.of(lines.get(1), lines.get(2)),
            List.of(lines.get(1), lines.get(0), lines.get(2)),
            List.of(lines.get(0), lines.get(0)))) {
      Files.write(file, other);
      RefusedBy.assertRefused(Reason.RELEASE_LOG, () -> ReleaseLog.open(file));
    }
  }

  @Test
  void aLogThatLostItsEndHasAnotherHead() throws Exception {
    fill(3);
    String head;
    try (ReleaseLog log = ReleaseLog.open(file)) {
      head = log.head();
    }
    Files.write(file, Files.readAllLines(file).subList(0, 2));
    try (ReleaseLog log = ReleaseLog.open(file)) {
      assertThat(log.head()).isNotEqualTo(head);
    }
  }

  /** A crash in the middle of a line: nothing was released for it, and it is cut off. */
  @Test
  void aTornLineIsCutOffAtEveryLength() throws Exception {
    fill(2);
    byte[] two = Files.readAllBytes(file);
    byte[] three;
    try (ReleaseLog log = ReleaseLog.open(file)) {
      log.append(release(2));
    }
    three = Files.readAllBytes(file);
    for (int length = two.length; length < three.length; length++) {
      Files.write(file, Arrays.copyOf(three, length));
      try (ReleaseLog log = ReleaseLog.open(file)) {
        assertThat(log.size()).isEqualTo(2);
        log.append(release(2));
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(three);
    }
  }

  @Test
  void oneWriterAtATime() throws Exception {
    try (ReleaseLog log = ReleaseLog.open(file)) {
      log.append(release(0));
      assertThatIOException().isThrownBy(() -> ReleaseLog.open(file)).withMessageContaining("use");
    }
  }

  /** A disk that fails before, within or after the line: the key does not leave, then or later. */
  @Test
  void nothingIsReleasedThatCouldNotBeLogged() throws Exception {
    for (int written : new int[] {0, 10, Integer.MAX_VALUE}) {
      Files.deleteIfExists(file);
      try (ReleaseLog log =
              new ReleaseLog(new FailingJournal(file, written), 0, ReleaseLine.NO_LINE);
          KeyBroker broker = new KeyBroker(log, fixture.clock)) {
        broker.hold("k", new byte[] {1}, ChannelFixture.owner());
        for (int attempt = 0; attempt < 2; attempt++) {
          KeyRequest request =
              new KeyRequest(
                  fixture.simulated(),
                  ChannelFixture.IDENTITY,
                  new ReceiptSigner().publicKey().encode(),
                  "k");
          byte[] attestation = request.attest(broker.challenge(request.request()));
          RefusedBy.assertRefused(Reason.RELEASE_LOG, () -> broker.release(attestation));
        }
      }
      assertThat(ReleaseLog.read(file)).hasSizeLessThanOrEqualTo(1);
    }
  }

  /** Writes so many bytes of a line at most, and fails. */
  private record FailingJournal(Path file, int written) implements Journal {
    @Override
    public void append(byte[] line) throws IOException {
      Files.write(
          file,
          Arrays.copyOf(line, Math.min(line.length, written)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      throw new IOException("the disk is gone");
    }

    @Override
    public void close() {}
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws Exception {
    Files.write(file, "hello\n".getBytes(StandardCharsets.UTF_8));
    RefusedBy.assertRefused(Reason.RELEASE_LOG, () -> ReleaseLog.open(file));
  }
}
