package io.silenda.attest.receipt;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborMap;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The claims of a receipt: a CBOR Web Token (RFC 8392) with claims of RFC 9711. Private claims have
 * the numbers that draft-tsyrulnikov-rats-attested-inference-receipt gives their like; the profile
 * is our own, since that draft's is closed and has no word for simulation.
 */
final class ReceiptCodec {
  static final String PROFILE = "tag:silenda.io,2026:receipt-v1";
  static final String SIMULATED = "SIMULATED";
  static final String HARDWARE = "hardware";

  private static final String NAME = "receipt";
  private static final int CLAIMS = 10;
  private static final int HASH_BYTES = 32;
  private static final int LEAST_DIGEST = 32;
  private static final int MOST_DIGEST = 64;

  private static final long ISSUED_AT = 6;
  private static final long NONCE = 10;
  private static final long EAT_PROFILE = 265;
  private static final long MODEL = -65539;
  private static final long INPUT = -65540;
  private static final long OUTPUT = -65541;
  private static final long EVIDENCE = -65542;
  private static final long MEASUREMENT = -65543;
  private static final long SEQUENCE = -65545;
  private static final long MODE = -65548;

  /** Before the year 10000. */
  private static final long LATEST_SECOND = 253_402_300_799L;

  private ReceiptCodec() {}

  static byte[] encode(Receipt receipt) {
    Map<Long, byte[]> claims = new TreeMap<>();
    claims.put(EAT_PROFILE, new CborEncoder().text(PROFILE).toBytes());
    claims.put(ISSUED_AT, integer(receipt.issuedAt().getEpochSecond()));
    claims.put(NONCE, bytes(receipt.nonce()));
    claims.put(SEQUENCE, integer(receipt.sequence()));
    claims.put(MODEL, bytes(receipt.modelDigest()));
    claims.put(MEASUREMENT, bytes(receipt.workerDigest()));
    claims.put(INPUT, bytes(receipt.inputHash()));
    claims.put(OUTPUT, bytes(receipt.outputHash()));
    claims.put(EVIDENCE, bytes(receipt.evidenceHash()));
    String mode = receipt.simulated() ? SIMULATED : HARDWARE;
    claims.put(MODE, new CborEncoder().text(mode).toBytes());
    return new CborEncoder().map(claims).toBytes();
  }

  /** Reads claims, whose encoding must be the one of {@link #encode}. */
  static Receipt decode(byte[] bytes) throws AttestationException {
    CborMap claims = Cbor.asMap(Cbor.decode(bytes), NAME);
    require(text(claims, EAT_PROFILE, "profile").equals(PROFILE), "another profile", PROFILE);
    require(claims.keys().size() == CLAIMS, claims.keys().size() + " claims", CLAIMS + " claims");
    Receipt receipt =
        new Receipt(
            Instant.ofEpochSecond(integer(claims, ISSUED_AT, "issued-at", LATEST_SECOND)),
            bytes(claims, NONCE, "nonce", HASH_BYTES, HASH_BYTES),
            integer(claims, SEQUENCE, "sequence", Long.MAX_VALUE),
            bytes(claims, MODEL, "model-digest", LEAST_DIGEST, MOST_DIGEST),
            bytes(claims, MEASUREMENT, "worker-digest", LEAST_DIGEST, MOST_DIGEST),
            bytes(claims, INPUT, "input-hash", HASH_BYTES, HASH_BYTES),
            bytes(claims, OUTPUT, "output-hash", HASH_BYTES, HASH_BYTES),
            bytes(claims, EVIDENCE, "evidence-hash", HASH_BYTES, HASH_BYTES),
            simulated(text(claims, MODE, "mode")));
    Cbor.requireDeterministic(NAME, bytes, encode(receipt));
    return receipt;
  }

  private static boolean simulated(String mode) throws AttestationException {
    require(
        mode.equals(SIMULATED) || mode.equals(HARDWARE), "another mode", "SIMULATED or hardware");
    return mode.equals(SIMULATED);
  }

  private static byte[] integer(long value) {
    return new CborEncoder().integer(value).toBytes();
  }

  private static byte[] bytes(byte[] value) {
    return new CborEncoder().bytes(value).toBytes();
  }

  private static long integer(CborMap claims, long key, String name, long most)
      throws AttestationException {
    long value = claims.integer(CborMap.key(key), name);
    require(value >= 0 && value <= most, name + " " + value, "0 to " + most);
    return value;
  }

  private static String text(CborMap claims, long key, String name) throws AttestationException {
    return claims.text(CborMap.key(key), name);
  }

  private static byte[] bytes(CborMap claims, long key, String name, int least, int most)
      throws AttestationException {
    byte[] value = claims.bytes(CborMap.key(key), name);
    require(
        value.length >= least && value.length <= most,
        name + " of " + value.length + " bytes",
        least + " to " + most);
    return value;
  }

  private static void require(boolean holds, String seen, String wanted)
      throws AttestationException {
    if (!holds) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, seen, wanted);
    }
  }
}
