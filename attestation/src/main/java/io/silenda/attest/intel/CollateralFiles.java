package io.silenda.attest.intel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.intel.collateral.Collateral;
import java.util.List;

/** Finds the collateral among the files that came with a quote. */
final class CollateralFiles {
  private CollateralFiles() {}

  static Collateral find(List<EndorsementFile> files) throws AttestationException {
    List<EndorsementFile> json = files.stream().filter(file -> isJson(file.bytes())).toList();
    if (json.size() != 1) {
      throw new AttestationException(
          Reason.MISSING_COLLATERAL,
          "collateral",
          json.size() + " JSON files with the quote",
          "one file of collateral");
    }
    return Collateral.parse(json.get(0).bytes());
  }

  /** Whether the first character that is no white space opens an object. */
  static boolean isJson(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{';
      }
    }
    return false;
  }
}
