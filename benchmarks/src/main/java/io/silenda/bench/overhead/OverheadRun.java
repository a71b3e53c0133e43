package io.silenda.bench.overhead;

import io.silenda.bench.device.DeviceEntry;
import io.silenda.bench.growth.GrowthCurve;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.peers.PeerEntry;
import java.util.List;

/**
 * All that {@code bench overhead} measured, member by member as it is stored.
 *
 * @param schema name of the schema
 * @param version of the schema
 * @param suite always {@code overhead}
 * @param taken when
 * @param quick whether rounds were few
 * @param machine on what
 * @param entries networks on backends
 * @param growth how cost grows
 * @param devices emulated devices
 * @param peers other libraries on the same inputs
 * @param leftOut what was not measured, and why
 */
public record OverheadRun(
    String schema,
    int version,
    String suite,
    String taken,
    boolean quick,
    Machine machine,
    List<OverheadEntry> entries,
    List<GrowthCurve> growth,
    List<DeviceEntry> devices,
    List<PeerEntry> peers,
    List<LeftOut> leftOut) {

  /** Copies the lists. */
  public OverheadRun {
    entries = List.copyOf(entries);
    growth = List.copyOf(growth);
    devices = List.copyOf(devices);
    peers = List.copyOf(peers);
    leftOut = List.copyOf(leftOut);
  }
}
