package io.silenda.infer.enclave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is inside of a seal: one byte that says what, then the rest.
 *
 * @param kind what it is
 * @param body the rest; arrays are handed over, not copied
 */
public record Content(Kind kind, byte[] body) {
  /** What sealed content is; the code is its first byte. */
  public enum Kind {
    /**
     * Worker: the request was understood and cannot be answered; body: why, for its sender only.
     */
    REFUSED(0),
    /** Client: asks for the worker's description of itself. Worker: that description. */
    DESCRIPTION(1),
    /** Client: rows. Worker: the model's output; body: a {@link TensorContent}. */
    TENSOR(2),
    /** Client: which sealed model was opened? Worker: its authenticated header. */
    MODEL_HEADER(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Optional<Kind> ofCode(int code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }

  /** The bytes to seal. */
  public byte[] encode() {
    byte[] bytes = new byte[body.length + 1];
    bytes[0] = (byte) kind.code;
    System.arraycopy(body, 0, bytes, 1, body.length);
    return bytes;
  }

  /** A refusal with a reason. */
  public static Content refused(String why) {
    return new Content(Kind.REFUSED, why.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of a refusal. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
  }

  /**
   * Reads what was sealed.
   *
   * @throws EnclaveException with {@link EnclaveException.Reason#BAD_TENSOR} if it is of no kind
   */
  public static Content decode(byte[] bytes) throws EnclaveException {
    Kind kind =
        Kind.ofCode(bytes.length == 0 ? -1 : bytes[0])
            .orElseThrow(
                () ->
                    new EnclaveException(
                        EnclaveException.Reason.BAD_TENSOR,
                        "sealed content of a kind that is not known"));
    return new Content(kind, Arrays.copyOfRange(bytes, 1, bytes.length));
  }
}
