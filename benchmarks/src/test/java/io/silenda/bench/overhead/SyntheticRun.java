package io.silenda.bench.overhead;

import io.silenda.bench.device.Architecture;
import io.silenda.bench.device.DeviceEntry;
import io.silenda.bench.device.DeviceProfile;
import io.silenda.bench.growth.CurveFit;
import io.silenda.bench.growth.GrowthCurve;
import io.silenda.bench.growth.GrowthCurve.Point;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.measure.SampleSet;
import io.silenda.bench.measure.Samples;
import io.silenda.bench.overhead.OverheadEntry.Phase;
import io.silenda.bench.peers.PeerEntry;
import io.silenda.infer.Guarantee;
import io.silenda.infer.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run with every kind of member, and invented figures. */
public final class SyntheticRun {
  private static final Machine MACHINE =
      new Machine(
          "CPU <1>", 2, List.of("avx2"), "avx2", 1, 1L << 34, "Linux", "17", "gcc", "4.0.0", "0.1");

  private SyntheticRun() {}

  /** The run. */
  public static OverheadRun create() {
    List<OverheadEntry> entries = new ArrayList<>();
    for (String model : List.of("first_network", "second_network")) {
      int size = model.length();
      entries.add(entry(model, "plain", Mode.PLAIN, 1e5 * size, 1));
      entries.add(entry(model, "he-1", Mode.HE, 5e6 * size, 0.01));
      entries.add(entry(model, "he-2", Mode.HE, 4e6 * size, 0.012));
    }
    return new OverheadRun(
        "silenda-bench",
        1,
        "overhead",
        "2026-01-01T00:00:00Z",
        true,
        MACHINE,
        entries,
        List.of(growth("rows", 1, 30, 1000), growth("depth", 1, 2, 3)),
        devices(),
        List.of(
            new PeerEntry("Peer", "1", "encrypted request", "first_network", set(3e7), "N | 8192")),
        List.of(new LeftOut("backend enclave", "no worker <here>")));
  }

  private static SampleSet set(double... nanos) {
    return SampleSet.of(new Samples(java.util.Arrays.stream(nanos).boxed().toList()));
  }

  private static OverheadEntry entry(
      String model, String backend, Mode mode, double nanos, double ratio) {
    SampleSet warm = set(nanos, nanos * 1.02, nanos * 1.5);
    return new OverheadEntry(
        "network",
        Map.of("model", model, "backend", backend),
        "N=8192",
        new Accuracy(3, 0.97, 0.98, 1, 0.01),
        Latency.of(set(nanos * 50), set(nanos * 3), warm),
        mode == Mode.HE
            ? List.of(new Phase("client: encrypt", set(nanos / 9)), new Phase("rest", warm))
            : List.of(new Phase("compute", warm)),
        new Communication(169_000, 47_000, 22_000_000, mode == Mode.PLAIN ? 216_000 : 0),
        Energy.estimated(nanos, 1, 5),
        Guarantee.of(mode),
        new Memory(600_000_000, 200_000_000, 400_000, "the client's key"),
        set(ratio, ratio * 1.01, ratio * 1.02),
        false);
  }

  private static GrowthCurve growth(String axis, double... x) {
    List<Point> points = new ArrayList<>();
    for (double each : x) {
      points.add(new Point(each, "", set(1e6 * each + 1e5, 1e6 * each + 2e5)));
    }
    return new GrowthCurve(
        axis,
        "a network",
        points,
        CurveFit.of(x, java.util.Arrays.stream(x).map(each -> 1e6 * each + 1e5).toArray()));
  }

  private static List<DeviceEntry> devices() {
    List<DeviceEntry> entries = new ArrayList<>();
    for (DeviceProfile profile : DeviceProfile.all()) {
      for (Architecture architecture : Architecture.values()) {
        double nanos = 1e5 * architecture.title().length();
        entries.add(
            new DeviceEntry(
                profile, architecture, "first_network", set(nanos), 1e9, 9, 9, 9, 9, 9, true));
      }
    }
    return entries;
  }
}
