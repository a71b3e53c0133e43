package io.silenda.attest.provider.nitro;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;

/** The device of Linux, by ioctl(2). */
record JnaNsmDevice(Path device) implements NsmDevice {
  /** NSM_IOCTL_NSM of [UAPI]: _IOWR(0x0a, 0, struct nsm_message), whose size is 32. */
  private static final long IOCTL = 0xc0200a00L;

  private static final int READ_WRITE = 2;
  private static final int CLOSE_ON_EXEC = 0x80000;

  /** struct nsm_message: two struct iovec, each an address and a length. */
  private static final int MESSAGE_BYTES = 32;

  private static final int REQUEST_LENGTH = 8;
  private static final int RESPONSE = 16;
  private static final int RESPONSE_LENGTH = 24;

  /** What is asked of the C library; Java has no ioctl. */
  interface C extends Library {
    int open(String path, int flags) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, Pointer argument) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;
  }

  /** Loaded by the first use: whoever never asks a Nitro device loads no native code. */
  private static final class Loaded {
    private static final C LIBRARY = Native.load("c", C.class);
  }

  @Override
  public byte[] request(byte[] cbor) throws IOException {
    if (cbor.length > MAX_REQUEST_BYTES) {
      throw new IllegalArgumentException(
          "cbor: " + cbor.length + " bytes, must be at most " + MAX_REQUEST_BYTES);
    }
    try {
      return exchange(Loaded.LIBRARY, cbor);
    } catch (LastErrorException e) {
      throw new IOException(device + ": " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new IOException("the C library cannot be called: " + e.getMessage(), e);
    }
  }

  private byte[] exchange(C library, byte[] cbor) throws IOException {
    int descriptor = library.open(device.toString(), READ_WRITE | CLOSE_ON_EXEC);
    try (Memory request = new Memory(cbor.length);
        Memory response = new Memory(MAX_RESPONSE_BYTES);
        Memory message = new Memory(MESSAGE_BYTES)) {
      request.write(0, cbor, 0, cbor.length);
      message.setPointer(0, request);
      message.setLong(REQUEST_LENGTH, cbor.length);
      message.setPointer(RESPONSE, response);
      message.setLong(RESPONSE_LENGTH, MAX_RESPONSE_BYTES);
      library.ioctl(descriptor, new NativeLong(IOCTL, true), message);
      long length = message.getLong(RESPONSE_LENGTH);
      if (length < 0 || length > MAX_RESPONSE_BYTES) {
        throw new IOException(device + ": a response of " + length + " bytes");
      }
      return response.getByteArray(0, (int) length);
    } finally {
      library.close(descriptor);
    }
  }
}
