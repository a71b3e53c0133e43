package io.silenda.bench.overhead;

import io.silenda.bench.backend.Backends;
import io.silenda.bench.backend.Subject;
import io.silenda.infer.tensor.NpyFormatException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** One network on every backend. */
final class NetworkBench {
  private final OverheadOptions options;
  private final Subject subject;
  private final Consumer<LeftOut> leftOut;

  NetworkBench(OverheadOptions options, Subject subject, Consumer<LeftOut> leftOut) {
    this.options = options;
    this.subject = subject;
    this.leftOut = leftOut;
  }

  List<OverheadEntry> run() throws IOException, NpyFormatException {
    List<Ledger> ledgers =
        Backends.all().stream().map(backend -> new Ledger(backend.name())).toList();
    int rows = subject.readRows().rows();
    Expected expected = new Expected(List.of(), List.of());
    for (int sitting = 0; sitting < options.sittings(); sitting++) {
      try (Sitting table = new Sitting(options, subject, leftOut)) {
        table.open(ledgers);
        expected = table.expected(baseline(ledgers), rows);
        table.measure();
      }
    }
    int[] labels = subject.readLabels();
    Expected answers = expected;
    return ledgers.stream()
        .filter(ledger -> !ledger.isEmpty())
        .map(ledger -> ledger.entry(subject, answers, labels, options.wattsPerCore()))
        .toList();
  }

  private static Ledger baseline(List<Ledger> ledgers) {
    return ledgers.stream()
        .filter(ledger -> ledger.backend().equals(Backends.BASELINE))
        .findFirst()
        .orElseThrow();
  }
}
