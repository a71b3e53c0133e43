package io.silenda.bench.report;

import io.silenda.bench.device.DeviceEntry;
import io.silenda.bench.growth.GrowthCurve;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.overhead.Accuracy;
import io.silenda.bench.overhead.LeftOut;
import io.silenda.bench.overhead.OverheadEntry;
import io.silenda.bench.overhead.OverheadRun;
import io.silenda.bench.peers.PeerEntry;
import java.util.List;
import java.util.Locale;

/** A run of the overhead suite as Markdown. */
public final class OverheadMarkdown {
  private OverheadMarkdown() {}

  /** All of it. */
  public static String of(OverheadRun run) {
    StringBuilder text = new StringBuilder();
    text.append(machine(run.machine(), run.taken(), run.quick())).append('\n');
    if (!run.entries().isEmpty()) {
      text.append(speed(run)).append('\n').append(weight(run)).append('\n');
      text.append(notes(run)).append('\n').append(privacy(run)).append('\n');
    }
    if (!run.growth().isEmpty()) {
      text.append(growth(run.growth())).append('\n');
    }
    if (!run.devices().isEmpty()) {
      text.append(devices(run.devices())).append('\n');
    }
    if (!run.peers().isEmpty()) {
      text.append(peers(run)).append('\n');
    }
    if (!run.leftOut().isEmpty()) {
      text.append(leftOut(run.leftOut()));
    }
    return text.toString();
  }

  static String machine(Machine machine, String taken, boolean quick) {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, kernels %s, %.0f GiB, %s, JDK %s. Taken %s%s.%n",
        machine.cpu(),
        machine.processors(),
        machine.kernels(),
        machine.memoryBytes() / 0x1p30,
        machine.operatingSystem(),
        machine.java(),
        taken,
        quick ? ", quick" : "");
  }

  static String speed(OverheadRun run) {
    return Markdown.table(
        List.of(
            "network",
            "backend",
            "right",
            "agrees",
            "largest error",
            "p50",
            "p95",
            "p99",
            "requests",
            "cold",
            "setup",
            "times plain"),
        run.entries().stream().map(OverheadMarkdown::speed).toList());
  }

  private static List<String> speed(OverheadEntry entry) {
    Accuracy accuracy = entry.accuracy();
    return List.of(
        entry.model(),
        entry.backend(),
        accuracy.labels() < 0 ? "–" : Units.percent(accuracy.labels()) + " of " + accuracy.rows(),
        Units.percent(accuracy.agreement()),
        Units.significant(accuracy.maxAbsError()),
        Units.nanos(entry.latency().p50()),
        Units.nanos(entry.latency().p95()),
        Units.nanos(entry.latency().p99()),
        String.valueOf(entry.latency().warm().samples().size()),
        Units.nanos(entry.latency().cold().median()),
        Units.nanos(entry.latency().setup().median()),
        Units.significant(1 / entry.ratio().median()) + (entry.noisy() ? " (noisy)" : ""));
  }

  static String weight(OverheadRun run) {
    return Markdown.table(
        List.of(
            "network",
            "backend",
            "request",
            "response",
            "keys once",
            "readable by the server",
            "energy",
            "peak memory",
            "of it native",
            "trusted"),
        run.entries().stream().map(OverheadMarkdown::weight).toList());
  }

  private static List<String> weight(OverheadEntry entry) {
    return List.of(
        entry.model(),
        entry.backend(),
        Units.bytes(entry.communication().requestBytes()),
        Units.bytes(entry.communication().responseBytes()),
        Units.bytes(entry.communication().keyBytes()),
        Units.bytes(entry.communication().exposedBytes()),
        Units.significant(entry.energy().joulesPerRequest())
            + " J"
            + (entry.energy().source().equals("rapl") ? "" : " (estimate)"),
        Units.bytes(entry.memory().peakResidentBytes()),
        Units.bytes(entry.memory().nativeBytes()),
        Units.bytes(entry.memory().trustedBytes()));
  }

  /** How energy was had, and what trusted memory is. */
  static String notes(OverheadRun run) {
    List<String> energy =
        run.entries().stream()
            .map(entry -> entry.energy().basis())
            .filter(basis -> !basis.isEmpty())
            .distinct()
            .toList();
    List<String> trusted =
        run.entries().stream()
            .map(entry -> entry.backend() + ": " + entry.memory().trustedPart())
            .distinct()
            .toList();
    return "Times plain: the median of ratios to ONNX Runtime, round by round; noisy where their"
        + " quartiles are more than 15 % apart. p99 is the largest where requests are fewer than a"
        + " hundred. Memory is that of client and server in one process. "
        + (energy.isEmpty() ? "" : "Estimated energy: " + String.join("; ", energy) + ". ")
        + "Trusted memory: "
        + String.join("; ", trusted)
        + ".\n";
  }

  static String privacy(OverheadRun run) {
    return Markdown.table(
        List.of("backend", "server learns", "client learns", "trusts", "does not protect from"),
        run.entries().stream()
            .filter(entry -> entry.model().equals(run.entries().get(0).model()))
            .map(
                entry ->
                    List.of(
                        entry.backend(),
                        String.join(", ", entry.guarantee().serverLearns()),
                        String.join(", ", entry.guarantee().clientLearns()),
                        String.join(", ", entry.guarantee().trusts()),
                        String.join("; ", entry.guarantee().doesNotProtectFrom())))
            .toList());
  }

  static String growth(List<GrowthCurve> curves) {
    return Markdown.table(
        List.of("time grows with", "of", "points", "curve", "residual"),
        curves.stream()
            .map(
                curve ->
                    List.of(
                        curve.axis(),
                        curve.what(),
                        points(curve),
                        curve.fit().text(),
                        Units.percent(curve.fit().residual())))
            .toList());
  }

  private static String points(GrowthCurve curve) {
    return String.join(
        ", ",
        curve.points().stream()
            .map(point -> Units.significant(point.x()) + ": " + Units.nanos(point.nanos().median()))
            .toList());
  }

  static String devices(List<DeviceEntry> entries) {
    return Markdown.table(
        List.of(
            "emulated device",
            "network",
            "where",
            "p50",
            "p99",
            "setup",
            "sent",
            "received",
            "once",
            "exposed to the server",
            "device memory"),
        entries.stream().map(OverheadMarkdown::row).toList());
  }

  private static List<String> row(DeviceEntry entry) {
    return List.of(
        entry.profile().name(),
        entry.model(),
        entry.architecture().title(),
        Units.nanos(entry.nanos().median()),
        Units.nanos(entry.nanos().quantile(0.99)),
        Units.nanos(entry.setupNanos()),
        Units.bytes(entry.requestBytes()),
        Units.bytes(entry.responseBytes()),
        Units.bytes(entry.setupBytes()),
        Units.bytes(entry.exposedBytes()),
        Units.bytes(entry.devicePeakResidentBytes()));
  }

  static String peers(OverheadRun run) {
    return Markdown.table(
        List.of("network", "peer", "what", "peer", "ours", "detail"),
        run.peers().stream().map(peer -> row(run, peer)).toList());
  }

  private static List<String> row(OverheadRun run, PeerEntry peer) {
    String backend = peer.operation().startsWith("plain") ? "plain" : "he-1";
    String own =
        run.entries().stream()
            .filter(entry -> entry.model().equals(peer.model()))
            .filter(entry -> entry.backend().equals(backend))
            .map(entry -> Units.nanos(entry.latency().p50()) + " (" + backend + ")")
            .findFirst()
            .orElse("–");
    return List.of(
        peer.model(),
        peer.peer() + " " + peer.version(),
        peer.operation(),
        Units.nanos(peer.nanos().median()),
        own,
        peer.detail());
  }

  static String leftOut(List<LeftOut> leftOut) {
    return Markdown.table(
        List.of("left out", "why"),
        leftOut.stream().map(each -> List.of(each.what(), each.why())).toList());
  }
}
