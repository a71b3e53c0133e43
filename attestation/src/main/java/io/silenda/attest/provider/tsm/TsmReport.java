package io.silenda.attest.provider.tsm;

import java.util.Optional;

/**
 * What the kernel handed out, all of one generation. Arrays must not be changed.
 *
 * @param provider such as {@code tdx_guest}
 * @param auxblob what endorses it, may be empty; absent where the technology has none
 * @param manifestblob the service's manifest, where one was asked for
 */
record TsmReport(
    String provider, byte[] outblob, Optional<byte[]> auxblob, Optional<byte[]> manifestblob) {}
