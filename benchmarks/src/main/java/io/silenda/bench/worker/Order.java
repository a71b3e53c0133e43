package io.silenda.bench.worker;

/**
 * What a worker is told to do.
 *
 * @param firstRow of the subject's rows; they start anew after the last
 * @param requests how many, one after the other
 * @param rowsPerRequest rows in each
 */
public record Order(int firstRow, int requests, int rowsPerRequest) {}
