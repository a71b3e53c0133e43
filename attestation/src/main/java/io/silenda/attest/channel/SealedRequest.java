package io.silenda.attest.channel;

/**
 * A sealed request in memory.
 *
 * @param bytes what to send, not copied
 * @param exchange what opens the answer
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
public record SealedRequest(byte[] bytes, Exchange exchange) {}
