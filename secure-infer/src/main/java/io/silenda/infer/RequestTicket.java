package io.silenda.infer;

import io.silenda.he.KeyId;
import io.silenda.he.wire.Digest;
import io.silenda.he.wire.Envelope;
import io.silenda.he.wire.RequestId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client keeps of a request, to know its answer by: nothing of it is secret.
 *
 * @param requestId random name of the request
 * @param rows rows in all its parts
 * @param rowsPerPart rows of every part but the last
 */
public record RequestTicket(RequestId requestId, int rows, int rowsPerPart) {
  /** Checks the ranges. */
  public RequestTicket {
    if (rows < 1 || rowsPerPart < 1) {
      throw new IllegalArgumentException(
          "rows " + rows + " or rowsPerPart " + rowsPerPart + " is below 1");
    }
  }

  /** How many ciphertexts the request has. */
  public int parts() {
    return (rows - 1) / rowsPerPart + 1;
  }

  /** First row of a part; {@code parts()} gives the number of rows. */
  int firstRow(int part) {
    return (int) Math.min(rows, (long) part * rowsPerPart);
  }

  /** The envelopes of all parts, in order. */
  List<Envelope> envelopes(KeyId keyId, Digest modelDigest) {
    List<Envelope> envelopes = new ArrayList<>();
    for (int part = 0; part < parts(); part++) {
      int partRows = firstRow(part + 1) - firstRow(part);
      envelopes.add(new Envelope(keyId, modelDigest, requestId, partRows, part, parts()));
    }
    return envelopes;
  }
}
