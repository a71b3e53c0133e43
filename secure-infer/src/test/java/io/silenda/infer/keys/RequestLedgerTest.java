package io.silenda.infer.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.wire.RequestId;
import io.silenda.infer.RequestTicket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLedgerTest {
  @TempDir private Path folder;

  @Test
  void findsWhatWasAdded() throws Exception {
    RequestLedger ledger = new RequestLedger(folder.resolve("requests"));
    RequestTicket first = new RequestTicket(RequestId.random(), 5, 2);
    RequestTicket second = new RequestTicket(RequestId.random(), 999_999_999, 1);
    assertThat(ledger.find(first.requestId())).isEmpty();
    ledger.add(first);
    ledger.add(second);
    assertThat(ledger.find(first.requestId())).contains(first);
    assertThat(ledger.find(second.requestId())).contains(second);
    assertThat(ledger.find(RequestId.random())).isEmpty();
    assertThat(first.parts()).isEqualTo(3);
  }

  @Test
  void aLineThatACrashCutIsSkipped() throws Exception {
    Path file = folder.resolve("requests");
    RequestLedger ledger = new RequestLedger(file);
    RequestTicket cut = new RequestTicket(RequestId.random(), 5, 2);
    ledger.add(cut);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 2), StandardOpenOption.TRUNCATE_EXISTING);
    RequestTicket next = new RequestTicket(RequestId.random(), 7, 1);
    ledger.add(next);
    assertThat(ledger.find(cut.requestId())).isEmpty();
    assertThat(ledger.find(next.requestId())).contains(next);
  }
}
