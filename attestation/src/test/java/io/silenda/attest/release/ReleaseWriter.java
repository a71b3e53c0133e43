package io.silenda.attest.release;

import io.silenda.attest.channel.ChannelFixture;
import io.silenda.attest.receipt.ReceiptSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A broker in a process of its own that releases as fast as it can. What it has handed out it notes
 * in a second file, one report data a line, as a client would that got the key.
 */
final class ReleaseWriter {
  /** Where the process halts, as a machine does that loses its power. */
  enum Halt {
    NEVER,
    BEFORE_LOG,
    WITHIN_LOG,
    AFTER_LOG
  }

  private static final int HALT_AT = 5;

  private ReleaseWriter() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Path handedOut = Path.of(arguments[1]);
    Halt halt = Halt.valueOf(arguments[2]);
    ChannelFixture fixture = new ChannelFixture();
    FileJournal journal = FileJournal.open(file);
    journal.lines();
    long size = 0;
    String head = ReleaseLine.NO_LINE;
    for (String line : Files.readAllLines(file)) {
      size++;
      head = ReleaseLine.parse(line).hash();
    }
    ReleaseLog log = new ReleaseLog(new HaltingJournal(journal, halt), size, head);
    KeyBroker broker = new KeyBroker(log, fixture.clock);
    broker.hold("k", new byte[] {1, 2, 3}, ChannelFixture.owner());
    while (true) {
      handOut(fixture, broker, handedOut);
    }
  }

  private static void handOut(ChannelFixture fixture, KeyBroker broker, Path handedOut)
      throws Exception {
    try (KeyRequest request =
        new KeyRequest(
            fixture.simulated(),
            ChannelFixture.IDENTITY,
            new ReceiptSigner().publicKey().encode(),
            "k")) {
      request.open(broker.release(request.attest(broker.challenge(request.request()))));
      String line = HexFormat.of().formatHex(request.reportData()) + "\n";
      Files.writeString(handedOut, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static final class HaltingJournal implements Journal {
    private final Journal below;
    private final Halt halt;
    private int appended;

    HaltingJournal(Journal below, Halt halt) {
      this.below = below;
      this.halt = halt;
    }

    @Override
    public void append(byte[] line) throws IOException {
      boolean now = ++appended == HALT_AT;
      if (now && halt == Halt.BEFORE_LOG) {
        Runtime.getRuntime().halt(3);
      }
      if (now && halt == Halt.WITHIN_LOG) {
        below.append(Arrays.copyOf(line, line.length / 2));
        Runtime.getRuntime().halt(3);
      }
      below.append(line);
      if (now && halt == Halt.AFTER_LOG) {
        Runtime.getRuntime().halt(3);
      }
    }

    @Override
    public void close() throws IOException {
      below.close();
    }
  }
}
