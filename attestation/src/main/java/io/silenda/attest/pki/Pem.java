package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * PEM in the strict form of RFC 7468: blocks of one label with canonical base64, and nothing
 * between them but white space. Zero bytes at the end are padding of fixed-size buffers.
 */
final class Pem {
  private static final int MAX_BLOCKS = 16;
  private static final String PREFIX = "-----BEGIN ";

  private final String role;
  private final String begin;
  private final String end;
  private final Reason reason;

  /**
   * A reader of blocks with {@code label}; {@code role} names them in refusals for {@code reason}.
   */
  Pem(String role, String label, Reason reason) {
    this.role = role;
    this.begin = PREFIX + label + "-----";
    this.end = "-----END " + label + "-----";
    this.reason = reason;
  }

  /** Whether a file looks like PEM rather than DER. */
  static boolean looksLike(byte[] file) {
    String start = new String(file, 0, Math.min(file.length, 256), StandardCharsets.ISO_8859_1);
    return start.contains(PREFIX);
  }

  /** The content of every block. */
  List<byte[]> read(byte[] pem) throws AttestationException {
    String text = new String(pem, StandardCharsets.ISO_8859_1).replaceFirst("\0+\\z", "");
    List<byte[]> blocks = new ArrayList<>();
    int position = skipBlank(text, 0);
    while (position < text.length()) {
      // Searched behind the first line, whose dashes may not be the last line's as well.
      int stop = text.indexOf(end, position + begin.length());
      if (blocks.size() == MAX_BLOCKS || stop < 0 || !text.startsWith(begin, position)) {
        throw bad("text that is not a block of at most " + MAX_BLOCKS);
      }
      blocks.add(decode(text.substring(position + begin.length(), stop)));
      position = skipBlank(text, stop + end.length());
    }
    return blocks;
  }

  private byte[] decode(String lines) throws AttestationException {
    String base64 = lines.replaceAll("[ \t\r\n]", "");
    try {
      byte[] content = Base64.getDecoder().decode(base64);
      if (Base64.getEncoder().encodeToString(content).equals(base64)) {
        return content;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like base64 that is not canonical.
    }
    throw bad("text that is not canonical base64");
  }

  private static int skipBlank(String text, int position) {
    int next = position;
    while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    return next;
  }

  private AttestationException bad(String seen) {
    return new AttestationException(reason, "pem", role + ": " + seen, begin + " ... " + end);
  }
}
