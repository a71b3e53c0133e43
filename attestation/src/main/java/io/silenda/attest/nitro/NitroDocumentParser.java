package io.silenda.attest.nitro;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the payload of an attestation document with the sizes of [NSM] section 2.2.2. Proves
 * nothing.
 */
final class NitroDocumentParser {
  private static final CborValue MODULE_ID = CborMap.key("module_id");
  private static final CborValue DIGEST = CborMap.key("digest");
  private static final CborValue TIMESTAMP = CborMap.key("timestamp");
  private static final CborValue PCRS = CborMap.key("pcrs");
  private static final CborValue CERTIFICATE = CborMap.key("certificate");
  private static final CborValue CA_BUNDLE = CborMap.key("cabundle");
  private static final CborValue PUBLIC_KEY = CborMap.key("public_key");
  private static final CborValue USER_DATA = CborMap.key("user_data");
  private static final CborValue NONCE = CborMap.key("nonce");
  private static final Set<CborValue> KNOWN =
      Set.of(
          MODULE_ID, DIGEST, TIMESTAMP, PCRS, CERTIFICATE, CA_BUNDLE, PUBLIC_KEY, USER_DATA, NONCE);

  private static final String ONLY_DIGEST = "SHA384";
  private static final int PCR_SIZE = 48;
  private static final int MOST_PCRS = 32;
  private static final int LONGEST_CERTIFICATE = 1024;
  private static final int LONGEST_CA_BUNDLE = 8;
  private static final int LONGEST_PUBLIC_KEY = 1024;
  private static final int LONGEST_USER_DATA = 512;

  private NitroDocumentParser() {}

  static NitroDocument parse(byte[] payload) throws AttestationException {
    CborMap map = Cbor.asMap(Cbor.decode(payload), "nitro-document");
    for (CborValue key : map.keys()) {
      if (!KNOWN.contains(key)) {
        throw bad("nitro-document", "member " + key, "none but those of the specification");
      }
    }
    String digest = map.text(DIGEST, "digest");
    if (!digest.equals(ONLY_DIGEST)) {
      throw new AttestationException(
          Reason.UNSUPPORTED_ALGORITHM, "nitro-digest", digest, ONLY_DIGEST);
    }
    return new NitroDocument(
        moduleId(map),
        timestamp(map.integer(TIMESTAMP, "timestamp")),
        pcrs(map.map(PCRS, "pcrs")),
        sized("certificate", map.bytes(CERTIFICATE, "certificate"), 1, LONGEST_CERTIFICATE),
        caBundle(map.array(CA_BUNDLE, "cabundle")),
        optional(map, PUBLIC_KEY, "public_key", LONGEST_PUBLIC_KEY),
        optional(map, USER_DATA, "user_data", LONGEST_USER_DATA),
        optional(map, NONCE, "nonce", LONGEST_USER_DATA));
  }

  private static String moduleId(CborMap map) throws AttestationException {
    String moduleId = map.text(MODULE_ID, "module_id");
    if (moduleId.isEmpty()) {
      throw bad("module_id", "empty", "not empty");
    }
    return moduleId;
  }

  private static Instant timestamp(long milliseconds) throws AttestationException {
    if (milliseconds <= 0) {
      throw bad("timestamp", Long.toString(milliseconds), "more than 0");
    }
    return Instant.ofEpochMilli(milliseconds);
  }

  private static SortedMap<Integer, byte[]> pcrs(CborMap map) throws AttestationException {
    if (map.keys().isEmpty()) {
      throw bad("pcrs", "none", "1 to " + MOST_PCRS);
    }
    SortedMap<Integer, byte[]> pcrs = new TreeMap<>();
    for (CborValue key : map.keys()) {
      long index = Cbor.asInteger(key, "pcr index");
      if (index < 0 || index >= MOST_PCRS) {
        throw bad("pcrs", "index " + index, "0 to " + (MOST_PCRS - 1));
      }
      String name = "pcr" + index;
      pcrs.put((int) index, sized(name, map.bytes(key, name), PCR_SIZE, PCR_SIZE));
    }
    return pcrs;
  }

  private static List<byte[]> caBundle(List<CborValue> values) throws AttestationException {
    if (values.isEmpty() || values.size() > LONGEST_CA_BUNDLE) {
      throw bad("cabundle", values.size() + " certificates", "1 to " + LONGEST_CA_BUNDLE);
    }
    List<byte[]> bundle = new ArrayList<>();
    for (CborValue value : values) {
      bundle.add(sized("cabundle", Cbor.asBytes(value, "cabundle"), 1, LONGEST_CERTIFICATE));
    }
    return bundle;
  }

  private static Optional<byte[]> optional(CborMap map, CborValue key, String name, int most)
      throws AttestationException {
    Optional<byte[]> value = map.optionalBytes(key, name);
    if (value.isPresent()) {
      sized(name, value.get(), 0, most);
    }
    return value;
  }

  private static byte[] sized(String name, byte[] value, int least, int most)
      throws AttestationException {
    if (value.length < least || value.length > most) {
      throw new AttestationException(
          Reason.BAD_LENGTH, name, value.length + " bytes", least + " to " + most + " bytes");
    }
    return value;
  }

  private static AttestationException bad(String name, String seen, String wanted) {
    return new AttestationException(Reason.BAD_FIELD, name, seen, wanted);
  }
}
