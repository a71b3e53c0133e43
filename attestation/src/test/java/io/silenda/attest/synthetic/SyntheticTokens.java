package io.silenda.attest.synthetic;

import java.util.LinkedHashMap;
import java.util.Map;

/** Unsigned payloads and tokens, for tests of parsers alone. */
public final class SyntheticTokens {
  private SyntheticTokens() {}

  public static byte[] nitroPayload() {
    Map<String, byte[]> document = new LinkedHashMap<>();
    document.put("module_id", CborWriter.text("i-0-enc0"));
    document.put("digest", CborWriter.text("SHA384"));
    document.put("timestamp", CborWriter.integer(1_700_000_000_000L));
    document.put("pcrs", CborWriter.map(Map.of(0, CborWriter.bytes(new byte[48]))));
    document.put("certificate", CborWriter.bytes(new byte[10]));
    document.put("cabundle", CborWriter.array(CborWriter.bytes(new byte[10])));
    document.put("public_key", new byte[] {(byte) 0xf6});
    document.put("nonce", CborWriter.bytes(new byte[20]));
    return CborWriter.map(document);
  }

  public static byte[] psaPayload() {
    Map<Integer, byte[]> claims = new LinkedHashMap<>();
    claims.put(265, CborWriter.text("tag:psacertified.org,2023:psa#tfm"));
    claims.put(10, CborWriter.bytes(new byte[32]));
    claims.put(256, CborWriter.bytes(instanceId()));
    claims.put(2396, CborWriter.bytes(new byte[32]));
    claims.put(2394, CborWriter.integer(-3));
    claims.put(2395, CborWriter.integer(0x3000));
    claims.put(2399, CborWriter.array(component()));
    return CborWriter.map(claims);
  }

  public static byte[] ccaToken() {
    Map<Integer, byte[]> collection = new LinkedHashMap<>();
    collection.put(44234, CborWriter.bytes(tagged(-7, platformClaims())));
    collection.put(44241, CborWriter.bytes(tagged(-35, realmClaims())));
    return CborWriter.tag(399, CborWriter.map(collection));
  }

  public static byte[] sign1() {
    return tagged(-7, psaPayload());
  }

  private static byte[] tagged(long algorithm, byte[] payload) {
    return CborWriter.tag(18, CborWriter.sign1(algorithm, payload, message -> new byte[64]));
  }

  private static byte[] platformClaims() {
    Map<Integer, byte[]> claims = new LinkedHashMap<>();
    claims.put(265, CborWriter.text("http://arm.com/CCA-SSD/1.0.0"));
    claims.put(10, CborWriter.bytes(new byte[32]));
    claims.put(2396, CborWriter.bytes(new byte[32]));
    claims.put(256, CborWriter.bytes(instanceId()));
    claims.put(2401, CborWriter.bytes(new byte[1]));
    claims.put(2395, CborWriter.integer(0x3000));
    claims.put(2402, CborWriter.text("sha-256"));
    claims.put(2399, CborWriter.array(component()));
    return CborWriter.map(claims);
  }

  private static byte[] realmClaims() {
    byte[] register = CborWriter.bytes(new byte[32]);
    Map<Integer, byte[]> claims = new LinkedHashMap<>();
    claims.put(10, CborWriter.bytes(new byte[64]));
    claims.put(44235, CborWriter.bytes(new byte[64]));
    claims.put(44236, CborWriter.text("sha-256"));
    claims.put(44237, CborWriter.bytes(Keys.point(Keys.ec("secp384r1", 71))));
    claims.put(44238, register);
    claims.put(44239, CborWriter.array(register, register, register, register));
    claims.put(44240, CborWriter.text("sha-256"));
    return CborWriter.map(claims);
  }

  private static byte[] instanceId() {
    byte[] id = new byte[33];
    id[0] = 1;
    return id;
  }

  private static byte[] component() {
    Map<Integer, byte[]> component = new LinkedHashMap<>();
    component.put(2, CborWriter.bytes(new byte[32]));
    component.put(5, CborWriter.bytes(new byte[32]));
    return CborWriter.map(component);
  }
}
