package io.silenda.bench.overhead;

import io.silenda.bench.backend.Subject;
import io.silenda.bench.device.DeviceBench;
import io.silenda.bench.device.DeviceEntry;
import io.silenda.bench.growth.GrowthBench;
import io.silenda.bench.growth.GrowthCurve;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.peers.PeerBench;
import io.silenda.bench.peers.PeerEntry;
import io.silenda.bench.report.BenchFormat;
import io.silenda.infer.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures what privacy costs: networks on backends, growth, devices, other libraries. */
public final class OverheadBench {
  private final OverheadOptions options;
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** A suite of those options. */
  public OverheadBench(OverheadOptions options) {
    this.options = options;
  }

  /**
   * Measures.
   *
   * @throws Exception if a network cannot be read, or ONNX Runtime cannot run it
   */
  public OverheadRun run(Progress progress) throws Exception {
    Instant taken = Instant.now();
    List<OverheadEntry> entries = networks(progress);
    List<GrowthCurve> growth = new GrowthBench(options.quick(), options.subjects()).run(progress);
    List<DeviceEntry> devices =
        new DeviceBench(options.quick(), options.subjects(), leftOut::add).run(progress);
    List<PeerEntry> peers =
        new PeerBench(options.peers(), options.quick(), leftOut::add)
            .run(List.of("inference", "orion_inference"), new PeerTask(options), progress);
    return new OverheadRun(
        BenchFormat.SCHEMA,
        BenchFormat.VERSION,
        "overhead",
        taken.toString(),
        options.quick(),
        Machine.current(),
        entries,
        growth,
        devices,
        peers,
        leftOut);
  }

  /**
   * What scripts of other libraries are told.
   *
   * @param quick whether to leave slow things out
   * @param networks models and rows
   */
  private record PeerTask(boolean quick, List<Subject> networks) {
    PeerTask(OverheadOptions options) {
      this(options.quick(), options.subjects());
    }
  }

  private List<OverheadEntry> networks(Progress progress) throws Exception {
    List<OverheadEntry> entries = new ArrayList<>();
    int done = 0;
    for (Subject subject : options.subjects()) {
      progress.update("networks", done++, options.subjects().size());
      entries.addAll(new NetworkBench(options, subject, leftOut::add).run());
    }
    progress.update("networks", done, options.subjects().size());
    return entries;
  }
}
