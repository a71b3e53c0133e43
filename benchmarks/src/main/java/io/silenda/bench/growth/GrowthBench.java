package io.silenda.bench.growth;

import io.silenda.bench.backend.EncryptedBackend;
import io.silenda.bench.backend.Subject;
import io.silenda.bench.growth.GrowthCurve.Point;
import io.silenda.bench.measure.SampleSet;
import io.silenda.bench.measure.Samples;
import io.silenda.infer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Measures how the cost of encrypted inference grows. The points of a curve are taken in turns. */
public final class GrowthBench {
  private final boolean quick;
  private final List<Subject> subjects;

  /**
   * @param subjects networks to grow rows and threads of: those whose activations are polynomials
   *     come first
   */
  public GrowthBench(boolean quick, List<Subject> subjects) {
    this.quick = quick;
    this.subjects = List.copyOf(subjects);
  }

  private interface Opener {
    Probe open(int x) throws Exception;
  }

  /**
   * Measures all curves.
   *
   * @throws Exception if a network cannot be compiled
   */
  public List<GrowthCurve> run(Progress progress) throws Exception {
    Path folder = Files.createTempDirectory("silenda-growth");
    try {
      return run(folder, progress);
    } finally {
      delete(folder);
    }
  }

  private List<GrowthCurve> run(Path folder, Progress progress) throws Exception {
    int total = 5;
    List<GrowthCurve> curves = new ArrayList<>();
    progress.update("growth", 0, total);
    // Logistic regressions hold many rows a ciphertext; any network will do.
    Subject subject = Subject.smallest(subjects);
    int[] rows = quick ? new int[] {1, 10, 100, 1000} : new int[] {1, 3, 10, 30, 100, 300, 1000};
    curves.add(
        curve(
            "rows",
            subject.name() + ", one thread, as many rows a ciphertext as cost nothing",
            rows,
            x -> NetworkProbe.open(x, packed(1), subject, x)));
    progress.update("growth", 1, total);
    curves.add(
        curve(
            "slots",
            "one rotation, two data primes, one thread",
            new int[] {4096, 8192, 16384, 32768},
            SlotProbe::open));
    progress.update("growth", 2, total);
    int[] depths = quick ? new int[] {1, 2, 3, 4} : new int[] {1, 2, 3, 4, 5, 6};
    curves.add(
        curve(
            "depth",
            "squares between dense layers of 32, one row, one thread",
            depths,
            x -> NetworkProbe.open(x, single(1), SyntheticNetwork.write(folder, 32, x), 1)));
    progress.update("growth", 3, total);
    int[] widths = quick ? new int[] {16, 64, 256} : new int[] {16, 32, 64, 128, 256, 512};
    curves.add(
        curve(
            "width",
            "width of two dense layers with a square between, one row, one thread",
            widths,
            x -> NetworkProbe.open(x, single(1), SyntheticNetwork.write(folder, x, 1), 1)));
    progress.update("growth", 4, total);
    Subject wide = SyntheticNetwork.write(folder, quick ? 128 : 256, 2);
    curves.add(
        curve(
            "threads",
            "threads of the server, "
                + wide.name()
                + ", one row, "
                + Runtime.getRuntime().availableProcessors()
                + " processors",
            new int[] {1, 2, 4},
            x -> NetworkProbe.open(x, single(x), wide, 1)));
    progress.update("growth", total, total);
    return curves;
  }

  private static EncryptedBackend packed(int threads) {
    return new EncryptedBackend(threads, OptionalInt.empty());
  }

  private static EncryptedBackend single(int threads) {
    return EncryptedBackend.ofThreads(threads);
  }

  private GrowthCurve curve(String axis, String what, int[] values, Opener opener)
      throws Exception {
    List<Probe> probes = new ArrayList<>();
    try {
      for (int value : values) {
        probes.add(opener.open(value));
      }
      return GrowthCurve.through(axis, what, measure(probes));
    } finally {
      probes.forEach(Probe::close);
    }
  }

  private List<Point> measure(List<Probe> probes) throws Exception {
    for (Probe probe : probes) {
      probe.nanos();
      probe.nanos();
    }
    List<List<Double>> samples =
        Stream.generate(() -> new ArrayList<Double>())
            .limit(probes.size())
            .<List<Double>>map(list -> list)
            .toList();
    for (int round = 0; round < (quick ? 7 : 21); round++) {
      for (int i = 0; i < probes.size(); i++) {
        samples.get(i).add(probes.get(i).nanos());
      }
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      Probe probe = probes.get(i);
      points.add(new Point(probe.x(), probe.label(), SampleSet.of(new Samples(samples.get(i)))));
    }
    return points;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
