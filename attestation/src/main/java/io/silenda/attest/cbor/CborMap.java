package io.silenda.attest.cbor;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A CBOR map whose keys are integers or texts, none of them twice. Typed getters refuse a value of
 * another type with {@link Reason#BAD_CBOR}, naming the key. Immutable.
 */
public final class CborMap implements CborValue {
  private final Map<CborValue, CborValue> entries;

  CborMap(Map<CborValue, CborValue> entries) {
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  public static CborValue key(long key) {
    return new Int(key);
  }

  public static CborValue key(String key) {
    return new Text(key);
  }

  public Set<CborValue> keys() {
    return entries.keySet();
  }

  public boolean has(CborValue key) {
    return entries.containsKey(key);
  }

  public Optional<CborValue> find(CborValue key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The value of {@code key}; {@code name} is the claim's name in refusals. */
  public CborValue require(CborValue key, String name) throws AttestationException {
    CborValue value = entries.get(key);
    if (value == null) {
      throw new AttestationException(Reason.MISSING_FIELD, name, "absent", "present");
    }
    return value;
  }

  public byte[] bytes(CborValue key, String name) throws AttestationException {
    return Cbor.asBytes(require(key, name), name);
  }

  public String text(CborValue key, String name) throws AttestationException {
    return Cbor.asText(require(key, name), name);
  }

  public long integer(CborValue key, String name) throws AttestationException {
    return Cbor.asInteger(require(key, name), name);
  }

  public List<CborValue> array(CborValue key, String name) throws AttestationException {
    return Cbor.asArray(require(key, name), name);
  }

  public CborMap map(CborValue key, String name) throws AttestationException {
    return Cbor.asMap(require(key, name), name);
  }

  /** Empty where the key is absent or its value is null. */
  public Optional<byte[]> optionalBytes(CborValue key, String name) throws AttestationException {
    CborValue value = entries.get(key);
    if (value == null || value == Simple.NULL) {
      return Optional.empty();
    }
    return Optional.of(Cbor.asBytes(value, name));
  }

  /** Empty where the key is absent. */
  public Optional<String> optionalText(CborValue key, String name) throws AttestationException {
    CborValue value = entries.get(key);
    return value == null ? Optional.empty() : Optional.of(Cbor.asText(value, name));
  }
}
