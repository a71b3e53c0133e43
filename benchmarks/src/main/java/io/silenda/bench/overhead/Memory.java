package io.silenda.bench.overhead;

/**
 * Memory of the process that did nothing else.
 *
 * @param peakResidentBytes the most it ever had
 * @param nativeBytes what the native library held while answering
 * @param trustedBytes of it, what must be kept from whoever runs the rest
 * @param trustedPart what that is
 */
public record Memory(
    long peakResidentBytes, long nativeBytes, long trustedBytes, String trustedPart) {}
