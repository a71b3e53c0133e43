package io.silenda.attest.provider.tsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.synthetic.ParserFuzz;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CertificateTableTest {
  private static final long SEED = 13_000;
  private static final byte[] ONE = {1, 2, 3};
  private static final byte[] TWO = {4, 5};
  private static final String UNKNOWN = "00000000-0000-0000-0000-000000000001";

  private final ParserFuzz fuzz = new ParserFuzz(CertificateTable::files, table());

  private static byte[] table() {
    return new TableBuilder().add(TableBuilder.ASK, ONE).add(TableBuilder.VCEK, TWO).build();
  }

  @Test
  void filesComeInTheVerifiersOrder() throws AttestationException {
    assertThat(CertificateTable.files(table()))
        .extracting(EndorsementFile::name)
        .containsExactly("vcek", "ask");
    assertThat(CertificateTable.files(table()).get(0).bytes()).isEqualTo(TWO);
  }

  @Test
  void hostsMaySupplyNothing() throws AttestationException {
    assertThat(CertificateTable.files(new byte[0])).isEmpty();
    assertThat(CertificateTable.files(new byte[4096])).isEmpty();
    byte[] unknown = new TableBuilder().add(UNKNOWN, ONE).build();
    assertThat(CertificateTable.files(unknown)).isEmpty();
    byte[] empty = new TableBuilder().add(TableBuilder.ASK, new byte[0]).build();
    assertThat(CertificateTable.files(empty)).isEmpty();
  }

  @Test
  void entriesThatPointElsewhereAreRefused() {
    assertRefused(table -> table.putInt(16, 0), Reason.BAD_LENGTH);
    assertRefused(table -> table.putInt(16, -1), Reason.BAD_LENGTH);
    assertRefused(table -> table.putInt(20, 6), Reason.BAD_LENGTH);
    assertRefused(table -> table.putInt(20, -1), Reason.BAD_LENGTH);
    assertRefused(table -> table.put(24, table, 0, 16), Reason.INCONSISTENT);
    AttestationException cut =
        catchThrowableOfType(
            AttestationException.class, () -> CertificateTable.files(Arrays.copyOf(table(), 20)));
    assertThat(cut.reason()).isEqualTo(Reason.TRUNCATED);
  }

  private static void assertRefused(Consumer<ByteBuffer> change, Reason reason) {
    ByteBuffer table = ByteBuffer.wrap(table()).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(table);
    AttestationException refusal =
        catchThrowableOfType(
            AttestationException.class, () -> CertificateTable.files(table.array()));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @Test
  void everyMutantIsReadOrRefused() {
    fuzz.run(SEED);
  }

  /** Searches with the environment variable {@code JAZZER_FUZZ}; runs on an empty input without. */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    fuzz.check(bytes, "input");
  }
}
