package io.silenda.attest.nvidia;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A GET_MEASUREMENTS request and its MEASUREMENTS response, [SPDM] section 10.11. Arrays must not
 * be changed.
 *
 * @param requestNonce the verifier's
 * @param responseNonce the device's
 * @param measurements values by index
 * @param opaque data of the device by NVIDIA's field number
 * @param signed request and response up to the signature
 * @param signature ECDSA P-384, r and s
 */
record SpdmTranscript(
    byte[] requestNonce,
    byte[] responseNonce,
    SortedMap<Integer, byte[]> measurements,
    SortedMap<Integer, byte[]> opaque,
    byte[] signed,
    byte[] signature) {
  SpdmTranscript {
    measurements = Collections.unmodifiableSortedMap(new TreeMap<>(measurements));
    opaque = Collections.unmodifiableSortedMap(new TreeMap<>(opaque));
  }
}
