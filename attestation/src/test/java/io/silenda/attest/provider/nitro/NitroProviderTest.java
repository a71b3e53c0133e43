package io.silenda.attest.provider.nitro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborMap;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.synthetic.CborWriter;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.ParserFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NitroProviderTest {
  private static final long SEED = 14_000;

  @TempDir Path folder;
  private final byte[] data = new byte[ReportData.BYTES];
  private final ParserFuzz fuzz = new ParserFuzz(NsmMessages::document, response(new byte[100]));
  private Path device = Path.of("");

  @BeforeEach
  void makeDevice() throws IOException {
    Arrays.fill(data, (byte) 0x21);
    device = Files.createFile(folder.resolve("nsm"));
  }

  private static byte[] response(byte[] document) {
    return CborWriter.map(
        Map.of("Attestation", CborWriter.map(Map.of("document", CborWriter.bytes(document)))));
  }

  /** The module's request names three members; the nonce is the only one that is given. */
  private static byte[] nonceOf(byte[] request) throws AttestationException {
    CborMap outer = Cbor.asMap(Cbor.decode(request), "request");
    CborMap inner = outer.map(CborMap.key("Attestation"), "Attestation");
    assertThat(inner.keys())
        .containsExactly(CborMap.key("user_data"), CborMap.key("nonce"), CborMap.key("public_key"));
    assertThat(inner.find(CborMap.key("user_data"))).contains(CborValue.Simple.NULL);
    return inner.bytes(CborMap.key("nonce"), "nonce");
  }

  @Test
  void theReportDataIsTheNonce() throws AttestationException {
    NsmDevice module =
        request -> {
          try {
            return response(Keys.concat(new byte[] {1, 2}, nonceOf(request)));
          } catch (AttestationException e) {
            throw new IOException(e);
          }
        };
    NitroProvider provider = new NitroProvider(device, module);
    assertThat(((Probe.Present) provider.probe()).tee()).isEqualTo(Tee.NITRO);
    Evidence evidence = provider.provide(data);
    assertThat(evidence.format()).isEqualTo("nitro-cose-sign1");
    assertThat(evidence.bytes()).isEqualTo(Keys.concat(new byte[] {1, 2}, data));
  }

  @Test
  void errorsOfTheModuleAreTold() {
    byte[] error = CborWriter.map(Map.of("Error", CborWriter.text("InputTooLarge")));
    assertFailed(request -> error, "error InputTooLarge");
    assertFailed(request -> response(new byte[10]), "without the nonce");
    assertFailed(
        request -> {
          throw new IOException("[19] No such device");
        },
        "[19] No such device");
    AttestationException malformed = refusal(request -> new byte[] {1});
    assertThat(malformed.reason()).isEqualTo(Reason.BAD_CBOR);
  }

  private void assertFailed(NsmDevice module, String words) {
    AttestationException refusal = refusal(module);
    assertThat(refusal.reason()).isEqualTo(Reason.PROVIDER_FAILED);
    assertThat(refusal).hasMessageContaining(words);
  }

  private AttestationException refusal(NsmDevice module) {
    return catchThrowableOfType(
        AttestationException.class, () -> new NitroProvider(device, module).provide(data));
  }

  @Test
  void saysWhyItIsAbsent() {
    NitroProvider none = new NitroProvider(folder.resolve("none"));
    assertThat(((Probe.Absent) none.probe()).reason()).contains("not inside of a Nitro enclave");
    assertThat(catchThrowableOfType(AttestationException.class, () -> none.provide(data)).reason())
        .isEqualTo(Reason.PROVIDER_ABSENT);
  }

  /** The real system calls, on a file that is no such device. */
  @Test
  void otherFilesAreNoModule() {
    AttestationException refusal =
        catchThrowableOfType(
            AttestationException.class, () -> new NitroProvider(device).provide(data));
    assertThat(refusal.reason()).isEqualTo(Reason.PROVIDER_FAILED);
    assertThat(refusal).hasMessageContaining("[25]");
    assertThatThrownBy(() -> new JnaNsmDevice(folder.resolve("none")).request(new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[2]");
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
