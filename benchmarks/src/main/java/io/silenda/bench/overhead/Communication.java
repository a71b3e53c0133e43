package io.silenda.bench.overhead;

/**
 * Bytes between client and server.
 *
 * @param requestBytes of a request
 * @param responseBytes of its answer
 * @param keyBytes once for all requests
 * @param exposedBytes of a request and its answer that the server can read
 */
public record Communication(
    long requestBytes, long responseBytes, long keyBytes, long exposedBytes) {}
