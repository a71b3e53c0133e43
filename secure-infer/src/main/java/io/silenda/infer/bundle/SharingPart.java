package io.silenda.infer.bundle;

import io.silenda.infer.Sharing;
import java.util.Optional;

/** How decrypted values may be shared; bundles before version 4 know nothing of it. */
final class SharingPart {
  private static final int FIRST_VERSION = 4;
  private static final int NONE = 0;
  private static final int MAX_BITS = 128;

  private SharingPart() {}

  static void write(ContentWriter out, Optional<Sharing> sharing) {
    out.int32(sharing.map(Sharing::statisticalBits).orElse(NONE));
    sharing.ifPresent(
        present -> out.float64((double) present.answers()).float64(present.maxError()));
  }

  static Optional<Sharing> read(ContentReader in) throws BundleFormatException {
    if (in.version() < FIRST_VERSION) {
      return Optional.empty();
    }
    int bits = in.int32("statistical bits of sharing", NONE, MAX_BITS);
    if (bits == NONE) {
      return Optional.empty();
    }
    double answers = in.float64("answers to share", 1, (double) Sharing.MAX_ANSWERS);
    if (answers != Math.rint(answers)) {
      throw in.malformed("answers to share are " + answers + ", no whole number");
    }
    double maxError = in.float64("error of sharing", 0, Double.MAX_VALUE);
    return Optional.of(new Sharing(bits, (long) answers, maxError));
  }
}
