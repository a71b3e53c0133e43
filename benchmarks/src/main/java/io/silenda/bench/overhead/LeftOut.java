package io.silenda.bench.overhead;

/**
 * What was not measured.
 *
 * @param what a network, a backend, a peer
 * @param why it was left out
 */
public record LeftOut(String what, String why) {}
