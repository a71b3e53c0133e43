package io.silenda.attest.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictReadersTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8, 0, 0};

  private static void refuses(Reason reason, ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            AttestationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void integersComeInBothOrders() throws AttestationException {
    ByteReader little = ByteReader.littleEndian("test", BYTES);
    assertThat(little.u16("a")).isEqualTo(0x0201);
    assertThat(little.u32("b")).isEqualTo(0x06050403L);
    ByteReader big = ByteReader.bigEndian("test", BYTES);
    assertThat(big.u64("a")).isEqualTo(0x0102030405060708L);
    assertThat(big.position()).isEqualTo(8);
    assertThat(big.remaining()).isEqualTo(2);
  }

  @Test
  void lengthsAreComparedBeforeAnythingIsAllocated() {
    ByteReader reader = ByteReader.littleEndian("test", BYTES);
    refuses(Reason.TRUNCATED, () -> reader.bytes("a", 0xffff_ffffL));
    refuses(Reason.TRUNCATED, () -> reader.bytes("a", -1));
    refuses(Reason.TRUNCATED, () -> reader.slice("a", 11));
    refuses(Reason.TRUNCATED, () -> reader.skip("a", 11));
    assertThat(reader.position()).isZero();
  }

  @Test
  void reservedFieldsAndEndsAreChecked() throws AttestationException {
    ByteReader reader = ByteReader.littleEndian("test", BYTES);
    refuses(Reason.RESERVED_NOT_ZERO, () -> reader.zeros("a", 2));
    reader.skip("b", 6);
    refuses(Reason.TRAILING_BYTES, reader::end);
    reader.zeros("c", 2);
    reader.end();
  }

  @Test
  void aSliceEndsWhereItShould() throws AttestationException {
    ByteReader reader = ByteReader.littleEndian("test", BYTES);
    ByteReader slice = reader.slice("a", 2);
    assertThat(slice.u16("b")).isEqualTo(0x0201);
    refuses(Reason.TRUNCATED, () -> slice.u8("c"));
    assertThat(reader.u8("d")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1}{}",
        "{\"a\":1} 2",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"a\":1",
        "// x\n{}",
      })
  void looseJsonIsRefused(String text) {
    refuses(Reason.BAD_JSON, () -> StrictJson.parseObject("test", text));
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    refuses(Reason.BAD_JSON, () -> StrictJson.parseObject("test", deep));
    byte[] broken = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    refuses(Reason.BAD_JSON, () -> StrictJson.parseObject("test", broken));
  }

  @Test
  void membersHaveTypes() throws AttestationException {
    JsonObject json = StrictJson.parseObject("test", "{\"a\":\"0g\",\"n\":7.5,\"i\":300}");
    refuses(Reason.BAD_JSON, () -> json.hex("a"));
    refuses(Reason.BAD_JSON, () -> json.integer("n", 0, 9));
    refuses(Reason.BAD_JSON, () -> json.integer("i", 0, 255));
    refuses(Reason.BAD_JSON, () -> json.integer("a", 0, 255));
    refuses(Reason.BAD_JSON, () -> json.instant("a"));
    refuses(Reason.MISSING_FIELD, () -> json.text("b"));
    assertThat(json.integer("i", 0, 300)).isEqualTo(300);
  }
}
