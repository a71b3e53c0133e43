package io.silenda.attest.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of RFC 8949, appendix A, and inputs that the strict decoder refuses. */
class CborTest {
  @Test
  void decodesIntegers() throws Exception {
    assertThat(Cbor.asInteger(decode("1903e8"), "x")).isEqualTo(1000);
    assertThat(Cbor.asInteger(decode("1b000000e8d4a51000"), "x")).isEqualTo(1000000000000L);
    assertThat(Cbor.asInteger(decode("3863"), "x")).isEqualTo(-100);
    assertThat(Cbor.asInteger(decode("17"), "x")).isEqualTo(23);
    assertThat(Cbor.asInteger(decode("1818"), "x")).isEqualTo(24);
  }

  @Test
  void decodesStringsArraysAndMaps() throws Exception {
    assertThat(Cbor.asBytes(decode("4401020304"), "x")).containsExactly(1, 2, 3, 4);
    assertThat(Cbor.asText(decode("62c3bc"), "x").codePointAt(0)).isEqualTo(0xfc);
    assertThat(Cbor.asArray(decode("83010203"), "x")).hasSize(3);
    CborMap map = Cbor.asMap(decode("a26161016162820203"), "x");
    assertThat(map.integer(CborMap.key("a"), "a")).isEqualTo(1);
    assertThat(map.array(CborMap.key("b"), "b")).hasSize(2);
    assertThat(decode("f6")).isEqualTo(CborValue.Simple.NULL);
    assertThat(decode("c074323031332d30332d32315432303a30343a30305a"))
        .isInstanceOf(CborValue.Tagged.class);
  }

  @Test
  void decodesContainersOfIndefiniteLength() throws Exception {
    assertThat(Cbor.asArray(decode("9f0102ff"), "x")).hasSize(2);
    assertThat(Cbor.asMap(decode("bf616101ff"), "x").has(CborMap.key("a"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1800",
        "1817",
        "190017",
        "1900ff",
        "1a0000ffff",
        "1b00000000ffffffff", // not shortest
        "5801ff", // length not shortest
        "1bffffffffffffffff", // more than 63 bits
        "f90000",
        "fb3ff199999999999a",
        "f7",
        "e0", // floats, undefined, unassigned
        "a201010102",
        "a2616101616102", // a key twice
        "a1410101",
        "a1800100", // keys of other types
        "5f4101ff",
        "7f6161ff", // strings of indefinite length
        "ff",
        "1c",
        "1f", // stray break, reserved
        "62c328",
        "61ff", // not UTF-8
        "bf61ff", // key without value
      })
  void refusesWhatIsNotStrict(String hex) {
    assertThatThrownBy(() -> decode(hex))
        .isInstanceOfSatisfying(
            AttestationException.class,
            e -> assertThat(e.reason()).isIn(Reason.BAD_CBOR, Reason.TRUNCATED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "18", "19ff", "42ff", "8201", "a101", "c0", "9f01", "5bffffffffffffff7f"})
  void refusesInputThatEndsEarly(String hex) {
    assertReason(hex, hex.startsWith("5bff") ? Reason.BAD_CBOR : Reason.TRUNCATED);
  }

  @Test
  void refusesAHugeStringWithoutAllocatingIt() {
    assertReason("5b7fffffffffffffff", Reason.TRUNCATED);
    assertReason("9b7fffffffffffffff", Reason.TRUNCATED);
  }

  @Test
  void refusesTrailingBytes() {
    assertReason("0100", Reason.TRAILING_BYTES);
  }

  @Test
  void boundsDepthAndItems() throws Exception {
    assertThat(decode("81".repeat(Cbor.MAX_DEPTH) + "00")).isNotNull();
    assertReason("81".repeat(Cbor.MAX_DEPTH + 1) + "00", Reason.BAD_CBOR);
    byte[] many = new byte[3 + Cbor.MAX_ITEMS];
    many[0] = (byte) 0x99;
    many[1] = (byte) (Cbor.MAX_ITEMS >> 8);
    many[2] = (byte) Cbor.MAX_ITEMS;
    assertThatThrownBy(() -> Cbor.decode(many)).isInstanceOf(AttestationException.class);
    many[2] = (byte) 0xff;
    many[1] = 1;
    assertThat(Cbor.asArray(Cbor.decode(Arrays.copyOf(many, 3 + 511)), "x")).hasSize(511);
  }

  @Test
  void namesTheClaimOfAnotherType() {
    assertThatThrownBy(() -> Cbor.asBytes(decode("01"), "nonce"))
        .isInstanceOf(AttestationException.class)
        .hasMessageContaining("nonce")
        .hasMessageContaining("byte string");
    assertThatThrownBy(() -> Cbor.asMap(decode("a0"), "x").bytes(CborMap.key(1), "nonce"))
        .isInstanceOfSatisfying(
            AttestationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MISSING_FIELD));
  }

  private static CborValue decode(String hex) throws AttestationException {
    return Cbor.decode(HexFormat.of().parseHex(hex));
  }

  private static void assertReason(String hex, Reason reason) {
    assertThatThrownBy(() -> decode(hex))
        .isInstanceOfSatisfying(
            AttestationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
