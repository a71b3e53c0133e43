package io.silenda.bench.overhead;

import io.silenda.bench.backend.Setup;
import io.silenda.bench.backend.Subject;
import io.silenda.bench.measure.SampleSet;
import io.silenda.bench.measure.Samples;
import io.silenda.bench.overhead.OverheadEntry.Phase;
import io.silenda.bench.worker.Done;
import io.silenda.bench.worker.Opened;
import io.silenda.infer.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that one backend did with one network, over all sittings. Not safe for several threads. */
final class Ledger {
  private final String backend;
  private final List<Double> setupNanos = new ArrayList<>();
  private final List<Double> coldNanos = new ArrayList<>();
  private final List<Double> warmNanos = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();
  private final Map<String, List<Double>> phases = new LinkedHashMap<>();
  private final List<Accuracy.Answered> answers = new ArrayList<>();
  private Setup setup = Opened.noSetup();
  private Done last = Done.nothing();
  private double cpuNanos;
  private double joules;
  private int counted;
  private long peakResidentBytes;

  Ledger(String backend) {
    this.backend = backend;
  }

  String backend() {
    return backend;
  }

  boolean isEmpty() {
    return warmNanos.isEmpty();
  }

  void opened(Opened opened) {
    setup = opened.setup();
    setupNanos.add(opened.nanos());
  }

  void cold(Done done) {
    coldNanos.addAll(done.nanos());
    note(done);
  }

  /** A request that only warms up: nothing of it is kept. */
  void warmup(Done done) {
    note(done);
  }

  void warm(Done done, int firstRow) {
    warmNanos.addAll(done.nanos());
    for (int i = 0; i < done.cores().size(); i++) {
      answers.add(new Accuracy.Answered(firstRow + i, done.cores().get(i)));
      done.phaseNanos()
          .get(i)
          .forEach(
              (name, nanos) -> phases.computeIfAbsent(name, n -> new ArrayList<>()).add(nanos));
    }
    cpuNanos += done.cpuNanos();
    joules += done.joules();
    counted += done.nanos().size();
    note(done);
  }

  void ratio(double timesAsFast) {
    ratios.add(timesAsFast);
  }

  private void note(Done done) {
    last = done;
    peakResidentBytes = Math.max(peakResidentBytes, done.peakResidentBytes());
  }

  OverheadEntry entry(Subject subject, Expected expected, int[] labels, double wattsPerCore) {
    SampleSet ratio = SampleSet.of(new Samples(ratios));
    return new OverheadEntry(
        "network",
        Map.of("model", subject.name(), "backend", backend),
        setup.parameters(),
        Accuracy.of(
            answers, expected.of(setup.afterTail()), labels, expected.threshold(setup.afterTail())),
        Latency.of(set(setupNanos), set(coldNanos), set(warmNanos)),
        phases.entrySet().stream()
            .map(each -> new Phase(each.getKey(), set(each.getValue())))
            .toList(),
        communication(),
        energy(wattsPerCore),
        setup.guarantee(),
        memory(),
        ratio,
        ratio.noisy());
  }

  private Communication communication() {
    long exposed =
        setup.guarantee().mode() == Mode.PLAIN ? last.requestBytes() + last.responseBytes() : 0;
    return new Communication(last.requestBytes(), last.responseBytes(), setup.keyBytes(), exposed);
  }

  private Energy energy(double wattsPerCore) {
    return last.joules() >= 0
        ? Energy.measured(joules, counted)
        : Energy.estimated(cpuNanos, counted, wattsPerCore);
  }

  private Memory memory() {
    long trusted = setup.trustedBytes() > 0 ? setup.trustedBytes() : peakResidentBytes;
    return new Memory(peakResidentBytes, last.nativeBytes(), trusted, setup.trustedPart());
  }

  private static SampleSet set(List<Double> values) {
    return SampleSet.of(new Samples(values));
  }
}
