package io.silenda.attest.provider.tpm;

import java.io.ByteArrayOutputStream;

/** Writes fields of a command. Not thread-safe. */
final class TpmBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TpmBytes u8(int value) {
    out.write(value);
    return this;
  }

  TpmBytes u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  TpmBytes u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  TpmBytes bytes(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  /** A TPM2B: the length in two bytes, then the bytes. */
  TpmBytes sized(byte[] value) {
    return u16(value.length).bytes(value);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
