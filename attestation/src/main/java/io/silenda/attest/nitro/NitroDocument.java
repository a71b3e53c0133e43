package io.silenda.attest.nitro;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The payload of an attestation document, [NSM] section 2.2.2. Arrays must not be changed.
 *
 * @param pcrs platform configuration registers by index, SHA-384
 * @param certificate the certificate of the key that signed, DER
 * @param caBundle the root's certificate first, then down to the issuer of {@code certificate}
 */
record NitroDocument(
    String moduleId,
    Instant timestamp,
    SortedMap<Integer, byte[]> pcrs,
    byte[] certificate,
    List<byte[]> caBundle,
    Optional<byte[]> publicKey,
    Optional<byte[]> userData,
    Optional<byte[]> nonce) {
  NitroDocument {
    pcrs = Collections.unmodifiableSortedMap(new TreeMap<>(pcrs));
    caBundle = List.copyOf(caBundle);
  }
}
