package io.silenda.bench.peers;

import io.silenda.bench.measure.SampleSet;

/**
 * What another library took.
 *
 * @param peer its name
 * @param version that was measured
 * @param operation what it did
 * @param model on which network or input
 * @param nanos durations
 * @param detail parameters and errors, for people
 */
public record PeerEntry(
    String peer, String version, String operation, String model, SampleSet nanos, String detail) {}
