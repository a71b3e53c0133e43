package io.silenda.bench.worker;

import io.silenda.bench.backend.Subject;

/**
 * What a worker opens.
 *
 * @param backend its name
 * @param subject the network
 */
public record Task(String backend, Subject subject) {}
