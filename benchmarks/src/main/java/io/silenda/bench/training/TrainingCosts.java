package io.silenda.bench.training;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.overhead.LeftOut;
import io.silenda.bench.peers.PeerEntry;
import java.util.List;

/**
 * All that {@code bench training} measured, member by member as it is stored.
 *
 * @param schema name of the schema
 * @param version of the schema
 * @param suite always {@code training}
 * @param taken when
 * @param quick whether rounds were few
 * @param machine on what
 * @param entries ways to train
 * @param steps networks, step by step; none in runs from before they were measured
 * @param peers other libraries
 * @param leftOut what was not measured, and why
 */
public record TrainingCosts(
    String schema,
    int version,
    String suite,
    String taken,
    boolean quick,
    Machine machine,
    List<TrainingCost> entries,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<StepCost> steps,
    List<PeerEntry> peers,
    List<LeftOut> leftOut) {

  /** Copies the lists. */
  public TrainingCosts {
    entries = List.copyOf(entries);
    steps = List.copyOf(steps);
    peers = List.copyOf(peers);
    leftOut = List.copyOf(leftOut);
  }
}
