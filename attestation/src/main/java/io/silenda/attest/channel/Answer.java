package io.silenda.attest.channel;

/**
 * An answer that was opened.
 *
 * @param content what the worker answered, not copied
 * @param receipt verified
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
public record Answer(byte[] content, SignedReceipt receipt) {}
