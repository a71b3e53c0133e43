package io.silenda.attest.provider.nitro;

import java.io.IOException;

/** Takes a request to the Nitro Secure Module and brings the response, both CBOR. */
interface NsmDevice {
  /** NSM_REQUEST_MAX_SIZE of [UAPI]. */
  int MAX_REQUEST_BYTES = 0x1000;

  /** NSM_RESPONSE_MAX_SIZE of [UAPI]. */
  int MAX_RESPONSE_BYTES = 0x3000;

  /** Opens the device, asks once and closes it. */
  byte[] request(byte[] cbor) throws IOException;
}
